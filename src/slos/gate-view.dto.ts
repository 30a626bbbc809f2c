import { ApiProperty } from '@nestjs/swagger';
import type { Status } from '../domain/status';
import { GATE_STATES, type GateState } from './gate';
import { EventsView } from './view-types';

const GROUP = {
  type: 'object',
  additionalProperties: { type: 'string' },
  nullable: true,
} as const;

/** One rule of the policy that applied, with the figure that it compared. */
export class GateReasonView {
  @ApiProperty({ enum: GATE_STATES })
  readonly state!: GateState;
  /** The field of `policy`. */
  readonly rule!: string;
  @ApiProperty({ type: 'number', nullable: true })
  readonly value!: number | null;
  @ApiProperty({ type: 'number', nullable: true })
  readonly limit!: number | null;
  /** The same as a sentence. */
  readonly text!: string;
  @ApiProperty(GROUP)
  readonly group!: Readonly<Record<string, string>> | null;
}

/** The budget policy in force; shares are ratios of the budget. */
export class GatePolicyView {
  readonly freezeAt!: number;
  readonly slowAt!: number;
  readonly freezeWhilePaging!: boolean;
  @ApiProperty({ type: 'number', nullable: true })
  readonly freezeAboveBurn!: number | null;
  @ApiProperty({ type: 'number', nullable: true })
  readonly slowAboveBurn!: number | null;
  readonly burnOver!: string;
  @ApiProperty({ enum: ['open', 'closed'] })
  readonly noData!: 'open' | 'closed';
  /** False where the definition says nothing and the default one is in force. */
  readonly written!: boolean;
}

/** A page that is firing. */
export class GatePageView {
  readonly severity!: string;
  readonly long!: string;
  readonly short!: string;
  readonly factor!: number;
  @ApiProperty({ type: 'number', nullable: true })
  readonly burnLong!: number | null;
  @ApiProperty({ type: 'number', nullable: true })
  readonly burnShort!: number | null;
  @ApiProperty({ type: 'string', nullable: true })
  readonly since!: string | null;
}

/** The figures of one budget behind a gate: of the SLO, or of one of its groups. */
export class GateBudgetView {
  @ApiProperty(GROUP)
  readonly group!: Readonly<Record<string, string>> | null;
  @ApiProperty({ enum: GATE_STATES })
  readonly state!: GateState;
  readonly mayDeploy!: boolean;
  @ApiProperty({
    enum: ['healthy', 'at_risk', 'critical', 'exhausted', 'no_data'],
    nullable: true,
  })
  readonly status!: Status | null;
  /** RFC 3339; null where nothing has been evaluated, as is all that follows. */
  @ApiProperty({ type: 'string', nullable: true })
  readonly at!: string | null;
  @ApiProperty({ type: 'number', nullable: true })
  readonly objective!: number | null;
  /** RFC 3339: the budget is that of events after it, up to `at`. */
  @ApiProperty({ type: 'string', nullable: true })
  readonly windowFrom!: string | null;
  @ApiProperty({ type: EventsView, nullable: true })
  readonly events!: EventsView | null;
  @ApiProperty({ type: 'number', nullable: true })
  readonly allowedBad!: number | null;
  @ApiProperty({ type: 'number', nullable: true })
  readonly remainingBad!: number | null;
  @ApiProperty({ type: 'number', nullable: true })
  readonly remainingRatio!: number | null;
  /** Over `policy.burnOver`. */
  @ApiProperty({ type: 'number', nullable: true })
  readonly burnRate!: number | null;
  @ApiProperty({ type: [GatePageView] })
  readonly pages!: readonly GatePageView[];
  @ApiProperty({ type: 'number', nullable: true })
  readonly dataAgeSeconds!: number | null;
}

export class GateOverrideView {
  readonly id!: string;
  /** `service/name`. */
  readonly slo!: string;
  readonly reason!: string;
  /** `admin`, `token:<name>`, or `anonymous` where no token is asked for. */
  readonly by!: string;
  /** RFC 3339. */
  readonly createdAt!: string;
  readonly expiresAt!: string;
  /** When it was taken back, or another one took its place. */
  @ApiProperty({ type: 'string', nullable: true })
  readonly endedAt!: string | null;
  @ApiProperty({ type: 'string', nullable: true })
  readonly endedBy!: string | null;
}

export class GateOverridePage {
  @ApiProperty({ type: [GateOverrideView] })
  readonly items!: readonly GateOverrideView[];
  @ApiProperty({ type: 'string', nullable: true })
  readonly nextCursor!: string | null;
}

/** May we deploy? Everything that the answer rests on is in it. */
export class GateView {
  /** `service/name`. */
  readonly slo!: string;
  /** The group that was asked for; null for all of them, of which the worst decides. */
  @ApiProperty(GROUP)
  readonly group!: Readonly<Record<string, string>> | null;
  readonly mayDeploy!: boolean;
  @ApiProperty({ enum: GATE_STATES })
  readonly state!: GateState;
  /** One sentence for people. */
  readonly explanation!: string;
  /** RFC 3339. */
  readonly asOf!: string;
  /** RFC 3339, of the figures; null before the first evaluation. */
  @ApiProperty({ type: 'string', nullable: true })
  readonly evaluatedAt!: string | null;
  @ApiProperty({ type: [GateReasonView] })
  readonly reasons!: readonly GateReasonView[];
  @ApiProperty({ type: GatePolicyView })
  readonly policy!: GatePolicyView;
  /** The worst first. */
  @ApiProperty({ type: [GateBudgetView] })
  readonly budgets!: readonly GateBudgetView[];
  @ApiProperty({ type: GateOverrideView, nullable: true })
  readonly override!: GateOverrideView | null;
}

/** May we deploy, by all SLOs that were asked for? The worst decides. */
export class GatesView {
  readonly mayDeploy!: boolean;
  @ApiProperty({ enum: GATE_STATES })
  readonly state!: GateState;
  readonly explanation!: string;
  /** The worst first. */
  @ApiProperty({ type: [GateView] })
  readonly gates!: readonly GateView[];
}
