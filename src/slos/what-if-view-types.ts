import { ApiProperty } from '@nestjs/swagger';
import { AlertReplayView, StrictestView } from './replay-view-types';
import { BudgetView } from './view-types';

/** What an SLO would have looked like with an objective, all along. */
export class WhatIfView {
  /** `service/name`. */
  readonly slo!: string;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, nullable: true })
  readonly group!: Readonly<Record<string, string>> | null;
  /** The objective that was asked about, as exact decimal text. */
  readonly objective!: string;
  /** The SLO's own, as exact decimal text. */
  readonly ownObjective!: string;
  /** At the end of the span. */
  readonly budget!: BudgetView;
  /** What would have fired within the span. */
  readonly alerts!: AlertReplayView;
  /** Of the window that ends with the span. */
  readonly strictestObjective!: StrictestView;
  /** Of every window that ends within the span and is known at least by half. */
  readonly strictestObjectiveThroughout!: StrictestView;
}
