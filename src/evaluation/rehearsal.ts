import { canFire } from '../domain/alert-policy';
import { severityOf } from '../domain/alert-tiers';
import type { Episode } from '../domain/episode';
import type { Objective } from '../domain/objective';
import { type RehearsedPolicy, settledTier } from '../domain/rehearsed-policy';
import type { Group, Slo } from '../domain/slo';
import { windowSeconds } from '../domain/slo-window';
import { type ExclusionsInForce, NOTHING_EXCLUDED } from '../ledger/exclusions';
import { floorTo, GRID_SECONDS } from '../ledger/grid';
import type { LedgerReader } from '../ledger/ledger';
import { Episodes } from './episodes';
import type { Figurer } from './figurer';
import { lookBacksOf } from './look-back';
import { type Noticed, noticedOf } from './noticed';
import { type Replay, replayAlerts, type ReplayedTier, replayReach, type TiersAt } from './replay';
import { streamPoints } from './stream-points';
import { Timeline } from './timeline';

export interface RehearsalAsked {
  readonly slo: Slo;
  /** Null asks for all groups together. */
  readonly group: Group;
  /** Epoch seconds on the five-minute grid. */
  readonly from: number;
  readonly to: number;
  /** Null: the tiers in force. */
  readonly policies: readonly (RehearsedPolicy | null)[];
  /** Episodes that are at most so far apart are one. */
  readonly mergeSeconds: number;
  /** Judges all of it, instead of the SLO's own. */
  readonly objective?: Objective;
}

/** What one policy would have done. */
export interface Rehearsed {
  /** At the end of the time; those that even a full outage would not set off are left out. */
  readonly tiers: readonly ReplayedTier[];
  readonly silent: readonly ReplayedTier[];
  readonly replay: Replay;
  readonly noticed: Noticed;
}

export interface Rehearsal {
  readonly episodes: readonly Episode[];
  /** Of the counts in episodes and replays. */
  readonly scale: bigint;
  /** In the order of the policies that were asked about. */
  readonly policies: readonly Rehearsed[];
}

/** Replays any tiers over what the ledger has counted, against the episodes that spent the budget. */
export class Rehearsals {
  private readonly episodes: Episodes;

  constructor(
    figurer: Figurer,
    private readonly ledger: LedgerReader,
    private readonly exclusions: ExclusionsInForce = NOTHING_EXCLUDED,
  ) {
    this.episodes = new Episodes(figurer);
  }

  /**
   * @returns null when an SLO has no such group
   * @throws InvalidValue for tiers that are none
   */
  async ask(asked: RehearsalAsked): Promise<Rehearsal | null> {
    const { slo, group, from, mergeSeconds, objective } = asked;
    const other = objective === undefined ? {} : { objective };
    const judgedSlo: Slo = { ...slo, ...other };
    const to = floorTo(asked.to, GRID_SECONDS);
    const plans = asked.policies.map((policy) => planOf(judgedSlo, policy, to));
    const grid = { from, to, stepSeconds: GRID_SECONDS };
    const reach = Math.min(
      from,
      ...plans.map(({ tiersAt }) => replayReach(judgedSlo, grid, tiersAt)),
    );
    const [spent, streams] = await Promise.all([
      this.episodes.ask({ slo, group, from, to, mergeSeconds, ...other }),
      streamPoints(this.ledger, this.exclusions, { slo, group, from: reach, to }),
    ]);
    if (spent === null) return null;
    const timeline = new Timeline(judgedSlo, streams, { ...grid, from: reach });
    const policies = plans.map(({ slo: judged, tiersAt, tiers, silent }): Rehearsed => {
      const replay = replayAlerts(judged, timeline, from, tiersAt);
      return { tiers, silent, replay, noticed: noticedOf(spent.episodes, replay.firings) };
    });
    return { episodes: spent.episodes, scale: spent.figures.scale, policies };
  }
}

interface Plan {
  /** With the policy's own guards. */
  readonly slo: Slo;
  readonly tiersAt: TiersAt;
  readonly tiers: readonly ReplayedTier[];
  readonly silent: readonly ReplayedTier[];
}

function planOf(slo: Slo, policy: RehearsedPolicy | null, to: number): Plan {
  if (policy === null) {
    const tiersAt: TiersAt = (at) => lookBacksOf(slo, at).tiers;
    return { slo, tiersAt, tiers: tiersAt(to), silent: [] };
  }
  const settled = (at: number) => settledTiers(slo, policy, windowSeconds(slo.window, at));
  const fires = ({ tier }: ReplayedTier) => canFire(tier, slo.objective);
  const tiersAt: TiersAt = (at) => settled(at).filter(fires);
  const { minEvents = slo.minEvents, minBadEvents = slo.minBadEvents } = policy;
  return {
    slo: { ...slo, minEvents, minBadEvents },
    tiersAt,
    tiers: tiersAt(to),
    silent: settled(to).filter((tier) => !fires(tier)),
  };
}

/** Tiers have no names in a policy that is only rehearsed: their place tells them apart. */
function settledTiers(
  { alerting }: Slo,
  { tiers }: RehearsedPolicy,
  periodSeconds: number,
): readonly ReplayedTier[] {
  return tiers.map((tier, k) => ({
    tier: settledTier(tier, `${tier.kind}-${k + 1}`, periodSeconds),
    severity: tier.severity ?? severityOf(alerting, tier.kind),
    forSeconds: tier.forSeconds,
  }));
}
