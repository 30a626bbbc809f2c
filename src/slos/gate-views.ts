import { formatSeconds } from '../domain/duration';
import { toNumber } from '../domain/fraction';
import { sloId } from '../domain/slo';
import { badOf, unscaled } from '../domain/tally';
import type { Figures, TierFigure } from '../evaluation/figures';
import { explanationOf, type Gate, type GateBudget, type Known } from './gate';
import type { GateOverride } from './gate-overrides';
import type {
  GateBudgetView,
  GateOverrideView,
  GatePageView,
  GatePolicyView,
  GatesView,
  GateView,
} from './gate-view.dto';
import { rfc3339 } from '../domain/instant';

export function gateView(gate: Gate, { snapshot }: Known, now: number): GateView {
  const { defined, group, state, mayDeploy, reasons, override } = gate;
  return {
    slo: sloId(defined.slo),
    group,
    mayDeploy,
    state,
    explanation: explanationOf(gate),
    asOf: rfc3339(Math.floor(now)),
    evaluatedAt: snapshot.evaluatedAt === null ? null : rfc3339(snapshot.evaluatedAt),
    reasons,
    policy: policyView(gate),
    budgets: gate.budgets.map(budgetView),
    override: override === null ? null : gateOverrideView(override),
  };
}

/** @param gates one or more, the worst first */
export function gatesView(gates: readonly GateView[]): GatesView {
  const [worst] = gates;
  const closed = gates.filter(({ mayDeploy }) => !mayDeploy);
  const told = closed.length > 0 ? closed : gates.slice(0, 1);
  return {
    mayDeploy: closed.length === 0,
    state: worst?.state ?? 'unknown',
    explanation: told.map(({ explanation }) => explanation).join('. '),
    gates,
  };
}

export function gateOverrideView(override: GateOverride): GateOverrideView {
  const { id, reason, createdBy, createdAt, expiresAt, endedAt, endedBy } = override;
  return {
    id,
    slo: sloId(override),
    reason,
    by: createdBy,
    createdAt: rfc3339(createdAt),
    expiresAt: rfc3339(expiresAt),
    endedAt: endedAt === null ? null : rfc3339(endedAt),
    endedBy,
  };
}

function policyView({ policy, defined }: Gate): GatePolicyView {
  const { burnOverSeconds, ...rest } = policy;
  return {
    ...rest,
    burnOver: formatSeconds(burnOverSeconds),
    written: defined.slo.budgetPolicy !== undefined,
  };
}

function budgetView(budget: GateBudget): GateBudgetView {
  const { group, state, mayDeploy, figures, burn, pages } = budget;
  return {
    group,
    state,
    mayDeploy,
    ...(figures === null ? NOTHING_EVALUATED : knownView(figures)),
    burnRate: burn?.burnRate ?? null,
    pages: pages.map(pageView),
  };
}

const NOTHING_EVALUATED = {
  status: null,
  at: null,
  objective: null,
  windowFrom: null,
  events: null,
  allowedBad: null,
  remainingBad: null,
  remainingRatio: null,
  dataAgeSeconds: null,
} as const;

function knownView({ status, at, budget, scale, dataAgeSeconds }: Figures) {
  const { events, objective, span } = budget;
  return {
    status,
    at: rfc3339(at),
    objective: objective.ratio,
    windowFrom: rfc3339(span.from),
    events: {
      good: unscaled(events.good, scale),
      bad: unscaled(badOf(events), scale),
      total: unscaled(events.total, scale),
    },
    allowedBad: budget.budget?.allowedBad ?? null,
    remainingBad: budget.budget?.remainingBad ?? null,
    remainingRatio: budget.budget?.remainingRatio ?? null,
    dataAgeSeconds,
  };
}

function pageView({ tier, severity, long, short, since }: TierFigure): GatePageView {
  return {
    severity,
    long: formatSeconds(tier.longSeconds),
    short: formatSeconds(tier.shortSeconds),
    factor: toNumber(tier.factor),
    burnLong: long.burnRate,
    burnShort: short.burnRate,
    since: since === null ? null : rfc3339(since),
  };
}
