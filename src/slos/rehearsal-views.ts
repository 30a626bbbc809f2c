import { formatSeconds, MINUTE_SECONDS } from '../domain/duration';
import type { Episode } from '../domain/episode';
import { toNumber } from '../domain/fraction';
import { type Slo, sloId } from '../domain/slo';
import { windowName, windowSeconds } from '../domain/slo-window';
import { badOf, unscaled } from '../domain/tally';
import type { Noticed } from '../evaluation/noticed';
import type { Rehearsal, RehearsalAsked, Rehearsed } from '../evaluation/rehearsal';
import type { Firing, Replay, ReplayedTier } from '../evaluation/replay';
import type {
  NoticedView,
  RehearsalView,
  RehearsedEpisodeView,
  RehearsedPageView,
  RehearsedPolicyView,
  RehearsedTierView,
} from './rehearsal-view-types';
import type { PolicyAsked } from './rehearsed-policies';
import { rfc3339 } from '../domain/instant';

const LARGEST = 5;
const MONTH_SECONDS = 30 * 86_400;

/** @param asked in whose order those that could be rehearsed were */
export function rehearsalView(
  { slo, group, from, to }: Pick<RehearsalAsked, 'slo' | 'group' | 'from' | 'to'>,
  asked: readonly PolicyAsked[],
  { episodes, policies, scale }: Rehearsal,
): RehearsalView {
  const [first] = policies;
  const span = { from: first?.replay.from ?? from, to: first?.replay.to ?? to };
  const share = shareOf(first?.replay.allowedBad ?? null, scale);
  const rest = [...policies];
  const views = asked.map(({ name, reason }): PolicyAlone => {
    const rehearsed = reason === null ? rest.shift() : undefined;
    return rehearsed === undefined
      ? { name, tiers: [], pages: null, tickets: null, noticed: null, reason }
      : policyView(name, slo, rehearsed, share);
  });
  return {
    slo: sloId(slo),
    group,
    objective: slo.objective.text,
    window: windowName(slo.window),
    from: rfc3339(span.from),
    to: rfc3339(span.to),
    episodes: { count: episodes.length, spentRatio: share.of(episodes) },
    policies: views.map((view) => ({ ...view, sameAs: namesLike(view, views) })),
  };
}

/** A policy before it is known which others have the same tiers. */
type PolicyAlone = Omit<RehearsedPolicyView, 'sameAs'>;

/** Shares of one window's budget with the mean traffic of the time, as replays tell them. */
interface Share {
  of(episodes: readonly Episode[]): number | null;
  bad(episode: Episode): number;
}

function shareOf(allowedBad: number | null, scale: bigint): Share {
  return {
    of: (episodes) => {
      if (allowedBad === null) return null;
      return episodes.reduce((sum, { events }) => sum + Number(badOf(events)), 0) / allowedBad;
    },
    bad: ({ events }) => unscaled(badOf(events), scale),
  };
}

function policyView(
  name: string,
  slo: Slo,
  { tiers, silent, replay, noticed }: Rehearsed,
  share: Share,
): PolicyAlone {
  const { firings, pages, pagesPerMonth, spentBeforeFirstPage, from, to } = replay;
  const of = (kind: 'page' | 'ticket') => firings.filter(({ tier }) => tier.kind === kind);
  const tickets = of('ticket');
  const inMonths = (to - from) / MONTH_SECONDS;
  return {
    name,
    tiers: [
      ...tiers.map((tier) => tierView(slo, tier, replay, true)),
      ...silent.map((tier) => tierView(slo, tier, replay, false)),
    ],
    pages: {
      count: pages.length,
      perMonth: pagesPerMonth,
      firingMinutes: minutes(pages, to),
      spentBeforeFirstRatio: spentBeforeFirstPage,
      spans: pages.map((page) => pageView(page, of('page'))),
    },
    tickets: {
      count: tickets.length,
      perMonth: inMonths > 0 ? tickets.length / inMonths : null,
      firingMinutes: minutes(united(tickets), to),
    },
    noticed: noticedView(noticed, share),
    reason: null,
  };
}

function tierView(
  slo: Slo,
  { tier, severity, forSeconds = 0 }: ReplayedTier,
  { firings, to }: Replay,
  canFire: boolean,
): RehearsedTierView {
  const own = firings.filter((firing) => firing.tier.name === tier.name);
  return {
    kind: tier.kind,
    severity,
    long: formatSeconds(tier.longSeconds),
    short: formatSeconds(tier.shortSeconds),
    factor: toNumber(tier.factor),
    shareRatio: (toNumber(tier.factor) * tier.longSeconds) / windowSeconds(slo.window, to),
    forSeconds,
    canFire,
    count: own.length,
    firingMinutes: minutes(own, to),
  };
}

function pageView(page: Replay['pages'][number], firings: readonly Firing[]): RehearsedPageView {
  const first = firings.find(({ from }) => from === page.from);
  const { longSeconds = 0, shortSeconds = 0 } = first?.tier ?? {};
  return {
    from: rfc3339(page.from),
    to: page.to === null ? null : rfc3339(page.to),
    tier: `${formatSeconds(longSeconds)}/${formatSeconds(shortSeconds)}`,
    detectionSeconds: first?.detectionSeconds ?? null,
    spentRatio: first?.spentRatio ?? null,
  };
}

function noticedView({ paged, alreadyPaged, unpaged }: Noticed, share: Share): NoticedView {
  const seconds = paged.map(({ detectionSeconds }) => detectionSeconds).sort((a, b) => a - b);
  const largest = [...unpaged]
    .sort((a, b) => share.bad(b.episode) - share.bad(a.episode))
    .slice(0, LARGEST);
  return {
    paged: paged.length,
    alreadyPaged: alreadyPaged.length,
    medianDetectionSeconds: median(seconds),
    worstDetectionSeconds: seconds.at(-1) ?? null,
    unpaged: unpaged.length,
    unpagedSpentRatio: share.of(unpaged.map(({ episode }) => episode)),
    largestUnpaged: largest.map(({ episode, ticketed }): RehearsedEpisodeView => ({
      start: rfc3339(episode.from),
      end: rfc3339(episode.to),
      bad: share.bad(episode),
      spentRatio: share.of([episode]),
      ticketed,
    })),
  };
}

/** @param sorted ascending */
function median(sorted: readonly number[]): number | null {
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

type FiringSpan = Pick<Firing, 'from' | 'to'>;

/** @param end of the time, up to which those count that still fire */
function minutes(spans: readonly FiringSpan[], end: number): number {
  return spans.reduce((sum, { from, to }) => sum + ((to ?? end) - from), 0) / MINUTE_SECONDS;
}

/** Times at which any of them fires. @param firings ascending by their beginning */
function united(firings: readonly Firing[]): readonly FiringSpan[] {
  const spans: { from: number; to: number | null }[] = [];
  for (const { from, to } of firings) {
    const last = spans.at(-1);
    if (last === undefined || (last.to !== null && from > last.to)) spans.push({ from, to });
    else if (last.to !== null) last.to = to === null ? null : Math.max(last.to, to);
  }
  return spans;
}

/** A 30-day window has the same tiers by the Workbook and by Sloth. */
function namesLike(view: PolicyAlone, all: readonly PolicyAlone[]): readonly string[] {
  const key = ({ tiers, reason }: PolicyAlone) =>
    JSON.stringify([
      reason,
      tiers.map(({ kind, long, short, factor, forSeconds, count, firingMinutes }) => {
        return [kind, long, short, factor, forSeconds, count, firingMinutes];
      }),
    ]);
  if (view.reason !== null) return [];
  return all.filter((other) => other !== view && key(other) === key(view)).map(({ name }) => name);
}
