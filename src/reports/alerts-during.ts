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

/** The alerts that were told in a span, none of which was held back. */
export abstract class AlertsDuring {
  abstract during(span: Span): Promise<readonly AlertSpan[]>;
}
