import type { Defined } from '../definitions/registry';
import {
  type BudgetPolicy,
  decide,
  DEFAULT_BUDGET_POLICY,
  type PolicyDecision,
  type PolicyInput,
  type PolicyReason,
} from '../domain/budget-policy';
import { formatSeconds } from '../domain/duration';
import { toNumber } from '../domain/fraction';
import { type Group, sloId } from '../domain/slo';
import { NO_DATA_AFTER_SECONDS } from '../domain/status';
import type { Snapshot } from '../evaluation/board';
import type { BurnFigure, Figures, TierFigure } from '../evaluation/figures';
import type { GateOverride } from './gate-overrides';
import { rfc3339 } from '../domain/instant';

/** Whether one may deploy; `overridden` where somebody opened what the policy closes. */
export type GateState = PolicyDecision['state'] | 'overridden';

/** What is known of one budget behind a gate, and what the policy says of it. */
export interface GateBudget extends PolicyDecision {
  readonly group: Group;
  /** Null where nothing has been evaluated. */
  readonly figures: Figures | null;
  /** Over the policy's window. */
  readonly burn: BurnFigure | null;
  readonly pages: readonly TierFigure[];
}

export interface Gate {
  readonly defined: Defined;
  /** The one that was asked for; null for all of them, of which the worst decides. */
  readonly group: Group;
  readonly policy: BudgetPolicy;
  readonly state: GateState;
  readonly mayDeploy: boolean;
  /** Of the budgets that decide, the gravest first. */
  readonly reasons: readonly (PolicyReason & { readonly group: Group })[];
  readonly budgets: readonly GateBudget[];
  /** The one in force, whether it was needed or not. */
  readonly override: GateOverride | null;
}

/** From the gravest on: what keeps one from deploying, then what one should know. */
export const GATE_STATES: readonly GateState[] = [
  'frozen',
  'unknown',
  'slow',
  'overridden',
  'open',
];

/** The board, as of when it is asked. */
export interface Known {
  readonly snapshot: Snapshot;
  /** End of the last step that is due, epoch seconds. */
  readonly latest: number;
}

/**
 * The gate of an SLO, from the latest figures: the worst of its budgets decides.
 *
 * @param rows its figures, one per group; empty where nothing has been evaluated
 */
export function gateOf(
  defined: Defined,
  group: Group,
  rows: readonly Figures[],
  override: GateOverride | null,
  known: Known,
): Gate {
  const policy = defined.slo.budgetPolicy ?? DEFAULT_BUDGET_POLICY;
  const shown = rows.length === 0 ? [null] : rows;
  const budgets = shown
    .map((figures) => budgetOf(policy, group, figures, known))
    .sort((a, b) => graver(a, b));
  const closed = budgets.some(({ mayDeploy }) => !mayDeploy);
  const worst = budgets[0]?.state ?? 'unknown';
  const deciding = budgets.filter(({ state }) => state === worst);
  return {
    defined,
    group,
    policy,
    state: closed && override !== null ? 'overridden' : worst,
    mayDeploy: !closed || override !== null,
    reasons: deciding.flatMap((budget) =>
      budget.reasons.map((reason) => ({ ...reason, group: budget.group })),
    ),
    budgets,
    override,
  };
}

/** Closed before open, then by what the states mean. */
export function graver(
  a: { readonly state: GateState; readonly mayDeploy: boolean },
  b: { readonly state: GateState; readonly mayDeploy: boolean },
): number {
  return (
    Number(a.mayDeploy) - Number(b.mayDeploy) ||
    GATE_STATES.indexOf(a.state) - GATE_STATES.indexOf(b.state)
  );
}

function budgetOf(
  policy: BudgetPolicy,
  asked: Group,
  figures: Figures | null,
  known: Known,
): GateBudget {
  const burn =
    figures?.burn.find(({ windowSeconds }) => windowSeconds === policy.burnOverSeconds) ?? null;
  const pages = figures?.tiers.filter(({ tier, firing }) => firing && tier.kind === 'page') ?? [];
  const input: PolicyInput = {
    remainingRatio: figures?.budget.budget?.remainingRatio ?? null,
    burnRate: burn?.burnRate ?? null,
    pages: pages.map(pageText),
    unknown: whyUnknown(figures, known),
  };
  return { ...decide(policy, input), group: figures?.group ?? asked, figures, burn, pages };
}

/** Why nothing can be said of now; null where something can. */
function whyUnknown(figures: Figures | null, { snapshot, latest }: Known): string | null {
  if (snapshot.evaluatedAt === null || figures === null) return 'nothing has been evaluated yet';
  const late = latest - snapshot.evaluatedAt;
  if (late > NO_DATA_AFTER_SECONDS) {
    return `the last evaluation was ${formatSeconds(late)} ago`;
  }
  if (figures.status !== 'no_data') return null;
  const { dataAgeSeconds, budget } = figures;
  if (dataAgeSeconds === null) return budget.reason ?? 'nothing has been collected yet';
  return `the source was last seen ${formatSeconds(Math.round(dataAgeSeconds))} ago`;
}

function pageText({ tier, long, short, severity }: TierFigure): string {
  const rate = ({ windowSeconds, burnRate }: BurnFigure) =>
    `${formatSeconds(windowSeconds)} burn at ${burnRate === null ? 'an unknown rate' : Number(burnRate.toPrecision(4))}`;
  return `${severity}, ${rate(long)} and ${rate(short)}, above ${toNumber(tier.factor)}`;
}

/** One sentence for people and logs. */
export function explanationOf({ defined, state, mayDeploy, reasons, override }: Gate): string {
  const why = [...new Set(reasons.map(({ text }) => text))].join('; ');
  const gate = `${sloId(defined.slo)} is ${state}`;
  if (state !== 'overridden' || override === null) {
    return `${gate}: ${why}${mayDeploy || reasons.length === 0 ? '' : '; do not deploy'}`;
  }
  const until = rfc3339(Math.floor(override.expiresAt));
  return `${gate} by ${override.createdBy} until ${until} (${override.reason}): ${why}`;
}
