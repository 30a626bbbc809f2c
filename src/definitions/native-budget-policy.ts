import { type BudgetPolicy, DEFAULT_BUDGET_POLICY } from '../domain/budget-policy';
import { parseShare, shareText } from '../domain/budget-share';
import { formatSeconds, parseSeconds } from '../domain/duration';
import type { Objective } from '../domain/objective';
import { shown } from '../yaml/shown';
import type { Findings } from './findings';
import type { NativeBudgetPolicy, NativeSlo } from './native-document';

/** What is written over the default policy; undefined where nothing is, or where it is faulty. */
export function readBudgetPolicy(
  { budgetPolicy: written }: NativeSlo,
  objective: Objective | null,
  findings: Findings,
): BudgetPolicy | undefined {
  if (written === undefined || !findings.sound('budgetPolicy')) return undefined;
  const share = (key: 'freezeAt' | 'slowAt') =>
    written[key] === undefined
      ? DEFAULT_BUDGET_POLICY[key]
      : findings.attempt(['budgetPolicy', key], () =>
          parseShare(key, findings.written(['budgetPolicy', key])),
        );
  const [freezeAt, slowAt] = [share('freezeAt'), share('slowAt')];
  if (freezeAt === null || slowAt === null) return undefined;
  checkOrder(written, { freezeAt, slowAt }, findings);
  if (objective !== null) checkBurns(written, objective, findings);
  return {
    freezeAt,
    // Written alone, a freeze above the usual 25 % leaves no room to be slow.
    slowAt: Math.max(slowAt, freezeAt),
    freezeWhilePaging: written.freezeWhilePaging ?? DEFAULT_BUDGET_POLICY.freezeWhilePaging,
    freezeAboveBurn: written.freezeAboveBurn ?? DEFAULT_BUDGET_POLICY.freezeAboveBurn,
    slowAboveBurn: written.slowAboveBurn ?? DEFAULT_BUDGET_POLICY.slowAboveBurn,
    burnOverSeconds:
      written.burnOver === undefined
        ? DEFAULT_BUDGET_POLICY.burnOverSeconds
        : parseSeconds(written.burnOver),
    noData: written.noData ?? DEFAULT_BUDGET_POLICY.noData,
  };
}

/** A policy as it is written; reading it gives the same policy again. */
export function budgetPolicyText(policy: BudgetPolicy | undefined): object | undefined {
  if (policy === undefined) return undefined;
  const usual = DEFAULT_BUDGET_POLICY;
  const { freezeAt, slowAt, freezeWhilePaging, burnOverSeconds, noData } = policy;
  const { freezeAboveBurn, slowAboveBurn } = policy;
  return {
    ...(freezeAt !== usual.freezeAt && { freezeAt: shareText(freezeAt) }),
    ...(slowAt !== Math.max(usual.slowAt, freezeAt) && { slowAt: shareText(slowAt) }),
    ...(freezeWhilePaging !== usual.freezeWhilePaging && { freezeWhilePaging }),
    ...(freezeAboveBurn !== null && { freezeAboveBurn }),
    ...(slowAboveBurn !== null && { slowAboveBurn }),
    ...(burnOverSeconds !== usual.burnOverSeconds && { burnOver: formatSeconds(burnOverSeconds) }),
    ...(noData !== usual.noData && { noData }),
  };
}

function checkOrder(
  written: NativeBudgetPolicy,
  { freezeAt, slowAt }: Pick<BudgetPolicy, 'freezeAt' | 'slowAt'>,
  findings: Findings,
): void {
  if (written.slowAt !== undefined && slowAt < freezeAt) {
    findings.error(
      ['budgetPolicy', 'slowAt'],
      `slowAt is ${shown(written.slowAt)}, allowed: ${shareText(freezeAt)} (freezeAt) or more, since frozen is graver than slow`,
    );
  }
  const { freezeAboveBurn, slowAboveBurn } = written;
  if (freezeAboveBurn !== undefined && (slowAboveBurn ?? 0) > freezeAboveBurn) {
    findings.error(
      ['budgetPolicy', 'slowAboveBurn'],
      `slowAboveBurn is ${shown(slowAboveBurn)}, allowed: ${freezeAboveBurn} (freezeAboveBurn) or less, since frozen is graver than slow`,
    );
  }
}

/** A rule that even a full outage would not bring about is a mistake. */
function checkBurns(written: NativeBudgetPolicy, objective: Objective, findings: Findings): void {
  const fastest = 1 / objective.budgetRatio;
  for (const key of ['freezeAboveBurn', 'slowAboveBurn'] as const) {
    const burn = written[key];
    if (burn === undefined || burn < fastest) continue;
    findings.error(
      ['budgetPolicy', key],
      `${key} is ${shown(burn)}, allowed: below ${Number(fastest.toPrecision(4))}, at which a full outage burns with objective ${objective.text}`,
    );
  }
}
