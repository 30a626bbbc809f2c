import type { AlertKind } from '../domain/alert-policy';
import type { Group } from '../domain/slo';
import type { Span } from '../domain/slo-window';

/** An alert as a report counts it. */
export interface AlertSpan {
  readonly service: string;
  readonly name: string;
  readonly group: Group;
  readonly kind: AlertKind;
  /** Epoch seconds. */
  readonly startedAt: number;
  /** Null while it fires. */
  readonly endedAt: number | null;
}

/** Instants by `service/name`, epoch seconds. */
export type Since = Pick<ReadonlyMap<string, number>, 'get'>;

/** What people were told. */
export abstract class AlertsDuring {
  /** Those of a span, none of which was held back. */
  abstract during(span: Span): Promise<readonly AlertSpan[]>;

  /** Since when anybody judges: of a time before, nobody knows what would have fired. */
  abstract judgedSince(): Promise<Since>;
}
