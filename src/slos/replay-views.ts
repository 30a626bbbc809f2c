import { formatSeconds } from '../domain/duration';
import { toNumber } from '../domain/fraction';
import type { SeverityTier } from '../domain/alert-tiers';
import type { Firing, Replay } from '../evaluation/replay';
import type { Strictest } from '../evaluation/strictest';
import type {
  AlertReplayView,
  FiringSpanView,
  StrictestView,
  TierReplayView,
} from './replay-view-types';
import { rfc3339 } from '../domain/instant';

/** What the alerts would have done, tier by tier. */
export function alertReplayView(replay: Replay): AlertReplayView {
  const { from, to, firings, pages, pagesPerMonth, spentBeforeFirstPage } = replay;
  // Tiers of past months have their own factors: each firing is told with those of its time.
  const tiers = new Map(
    [...replay.tiers, ...firings].map((severe) => [JSON.stringify(tierView(severe, [])), severe]),
  );
  return {
    from: rfc3339(from),
    to: rfc3339(to),
    pages: {
      count: pages.length,
      perMonth: pagesPerMonth,
      spentBeforeFirstRatio: spentBeforeFirstPage,
      spans: pages.map(spanView),
    },
    tiers: [...tiers].map(([key, severe]) =>
      tierView(
        severe,
        firings.filter((firing) => JSON.stringify(tierView(firing, [])) === key),
      ),
    ),
  };
}

/** @param scale of the stream's counts */
export function strictestView(strictest: Strictest, scale: bigint): StrictestView {
  return strictest.kind === 'none'
    ? { objective: null, remainingBad: null, reason: strictest.reason }
    : {
        objective: strictest.objective.text,
        remainingBad: strictest.remainingBad / Number(scale),
        reason: null,
      };
}

function tierView({ tier, severity }: SeverityTier, firings: readonly Firing[]): TierReplayView {
  return {
    kind: tier.kind,
    severity,
    long: formatSeconds(tier.longSeconds),
    short: formatSeconds(tier.shortSeconds),
    factor: toNumber(tier.factor),
    count: firings.length,
    firings: firings.map(firingView),
  };
}

function firingView({ from, to, detectionSeconds, spentRatio }: Firing): FiringSpanView {
  return { ...spanView({ from, to }), detectionSeconds, spentRatio };
}

function spanView({ from, to }: Replay['pages'][number]) {
  return { from: rfc3339(from), to: to === null ? null : rfc3339(to) };
}
