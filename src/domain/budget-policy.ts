/** What a team has agreed to do as its budget shrinks. Shares are ratios of the budget. */
export interface BudgetPolicy {
  /** Frozen when so much or less is left: 0 is a spent budget, below 0 an overspent one. */
  readonly freezeAt: number;
  /** Slow when so much or less is left. */
  readonly slowAt: number;
  /** Frozen while a page is firing. */
  readonly freezeWhilePaging: boolean;
  /** Frozen while the budget burns faster; null: the burn does not matter. */
  readonly freezeAboveBurn: number | null;
  /** Slow while the budget burns faster; null: the burn does not matter. */
  readonly slowAboveBurn: number | null;
  /** What the burn looks back over. */
  readonly burnOverSeconds: number;
  /** Whether one may deploy while nothing is known. */
  readonly noData: 'open' | 'closed';
}

/**
 * In force where nothing is written: no release with a spent budget or during a page, with care under
 * a quarter. A gate that closes whenever its monitoring is away is soon switched off, so that it
 * stays open without data and says so.
 *
 * @see Site Reliability Workbook, appendix B, "Example Error Budget Policy"
 */
export const DEFAULT_BUDGET_POLICY: BudgetPolicy = {
  freezeAt: 0,
  slowAt: 0.25,
  freezeWhilePaging: true,
  freezeAboveBurn: null,
  slowAboveBurn: null,
  burnOverSeconds: 3600,
  noData: 'open',
};

/** What a policy says of one budget, before anybody overrides it. */
export type PolicyState = 'open' | 'slow' | 'frozen' | 'unknown';

/** What is known of one budget. */
export interface PolicyInput {
  /** Signed; null when it cannot be known. */
  readonly remainingRatio: number | null;
  /** Over the policy's window; null when it cannot be known. */
  readonly burnRate: number | null;
  /** The pages that are firing, in words. */
  readonly pages: readonly string[];
  /** Why too little is known to say anything of now; null when enough is. */
  readonly unknown: string | null;
}

/** One rule that applied, with the figure behind it. */
export interface PolicyReason {
  readonly state: PolicyState;
  readonly rule: keyof BudgetPolicy;
  /** What was compared with the rule; null where nothing is known. */
  readonly value: number | null;
  readonly limit: number | null;
  readonly text: string;
}

export interface PolicyDecision {
  readonly state: PolicyState;
  readonly mayDeploy: boolean;
  /** Every rule that applied, the gravest first; what spoke for opening where none did. */
  readonly reasons: readonly PolicyReason[];
}

/** From the gravest on. */
const GRAVITY: readonly PolicyState[] = ['frozen', 'unknown', 'slow', 'open'];

/**
 * Whether one may deploy.
 *
 *     frozen    remaining <= freezeAt, or a page is firing, or burn > freezeAboveBurn
 *     unknown   nothing is known of now, and nothing of the above: open or closed as noData says
 *     slow      remaining <= slowAt, or burn > slowAboveBurn
 *     open      otherwise
 *
 * With the defaults: -0.1 left is frozen, 0 too; 0.2 is slow; 0.2 during a page is frozen, by two
 * rules' reasons. One may deploy unless it is frozen, or unknown and `noData` is closed.
 */
export function decide(policy: BudgetPolicy, input: PolicyInput): PolicyDecision {
  const applied = [
    ...byRemaining(policy, input),
    ...byPages(policy, input),
    ...byBurn(policy, input),
    ...byUnknown(policy, input),
  ].sort((a, b) => GRAVITY.indexOf(a.state) - GRAVITY.indexOf(b.state));
  const state = applied[0]?.state ?? 'open';
  const mayDeploy = state !== 'frozen' && (state !== 'unknown' || policy.noData === 'open');
  return { state, mayDeploy, reasons: applied.length > 0 ? applied : [whyOpen(policy, input)] };
}

function byRemaining(
  { freezeAt, slowAt }: BudgetPolicy,
  { remainingRatio }: PolicyInput,
): readonly PolicyReason[] {
  if (remainingRatio === null) return [];
  const left = `${percent(remainingRatio)} of the budget is left`;
  const reason = (state: PolicyState, rule: 'freezeAt' | 'slowAt', limit: number) => {
    const text = `${left}, ${state} at ${percent(limit)} or less`;
    return [{ state, rule, value: remainingRatio, limit, text }];
  };
  if (remainingRatio <= freezeAt) return reason('frozen', 'freezeAt', freezeAt);
  return remainingRatio <= slowAt ? reason('slow', 'slowAt', slowAt) : [];
}

function byPages({ freezeWhilePaging }: BudgetPolicy, { pages }: PolicyInput) {
  if (!freezeWhilePaging || pages.length === 0) return [];
  const text = `a page is firing: ${pages.join('; ')}`;
  return [
    { state: 'frozen', rule: 'freezeWhilePaging', value: pages.length, limit: 0, text },
  ] as const;
}

function byBurn(
  { freezeAboveBurn, slowAboveBurn }: BudgetPolicy,
  { burnRate }: PolicyInput,
): readonly PolicyReason[] {
  if (burnRate === null) return [];
  const reason = (state: PolicyState, rule: 'freezeAboveBurn' | 'slowAboveBurn', limit: number) => {
    const text = `the budget burns at ${plain(burnRate)}, ${state} above ${plain(limit)}`;
    return [{ state, rule, value: burnRate, limit, text }];
  };
  if (freezeAboveBurn !== null && burnRate > freezeAboveBurn) {
    return reason('frozen', 'freezeAboveBurn', freezeAboveBurn);
  }
  if (slowAboveBurn === null || burnRate <= slowAboveBurn) return [];
  return reason('slow', 'slowAboveBurn', slowAboveBurn);
}

function byUnknown(
  { noData }: BudgetPolicy,
  { unknown, remainingRatio }: PolicyInput,
): readonly PolicyReason[] {
  if (unknown === null && remainingRatio !== null) return [];
  const text = `${unknown ?? 'nothing is known of the budget'}; without data the gate is ${noData}`;
  return [{ state: 'unknown', rule: 'noData', value: null, limit: null, text }];
}

function whyOpen({ slowAt }: BudgetPolicy, { remainingRatio }: PolicyInput): PolicyReason {
  const text = `${percent(remainingRatio ?? 1)} of the budget is left, more than ${percent(slowAt)}, and nothing speaks against it`;
  return { state: 'open', rule: 'slowAt', value: remainingRatio, limit: slowAt, text };
}

/** Rounded for people: the exact figure stands beside it. */
function percent(ratio: number): string {
  return `${plain(ratio * 100)} %`;
}

function plain(value: number): string {
  return String(Number(value.toPrecision(4)));
}
