import { formatSeconds } from '../domain/duration';
import type { Episode, EventsOf } from '../domain/episode';
import { toNumber } from '../domain/fraction';
import { sloId } from '../domain/slo';
import { add, badOf, EMPTY_TALLY, type Tally, unscaled } from '../domain/tally';
import type { Spending } from '../evaluation/episodes';
import type { Figures } from '../evaluation/figures';
import { pageOf } from '../http/page';
import type { EpisodesQuery, EpisodeSort } from './episodes.dto';
import type { EpisodesView, EpisodeView, SpentBothView, SpentView } from './episode-view-types';
import { rfc3339, windowView } from './views';

export function episodesView(
  { figures, span, episodes, rest, all }: Spending,
  query: Pick<EpisodesQuery, 'sort' | 'limit' | 'cursor'>,
  mergeSeconds: number,
): EpisodesView {
  const { slo, group, budget } = figures;
  const sorted = [...episodes].sort(comparison(query.sort ?? '-share'));
  const { items, nextCursor } = pageOf(sorted, query, ({ from }) => String(from));
  return {
    slo: sloId(slo),
    group,
    from: rfc3339(span.from),
    to: rfc3339(span.to),
    window: windowView(figures),
    allowedBad: budget.budget?.allowedBad ?? null,
    merge: mergeSeconds === 0 ? '0s' : formatSeconds(mergeSeconds),
    count: episodes.length,
    episodes: spentBoth(sumOf(episodes), figures),
    rest: spentBoth(rest, figures),
    all: spentBoth(all, figures),
    items: items.map((episode) => episodeView(episode, figures)),
    nextCursor,
    reason: budget.reason,
  };
}

function episodeView(episode: Episode, figures: Figures): EpisodeView {
  const { from, to, over, peakBurnRate, peakAt, raw } = episode;
  const told = {
    start: rfc3339(from),
    end: over ? rfc3339(to) : null,
    durationSeconds: to - from,
    peakBurnRate,
    peakAt: rfc3339(peakAt),
    coverage: Math.min(1, raw.coveredSeconds / (to - from)),
  };
  return Object.assign(told, spentBoth(episode, figures));
}

function spentBoth({ events, raw }: EventsOf, figures: Figures): SpentBothView {
  return Object.assign(spent(events, figures), { raw: spent(raw, figures) });
}

function spent(events: Tally, { scale, budget }: Figures): SpentView {
  return {
    bad: unscaled(badOf(events), scale),
    total: unscaled(events.total, scale),
    shareRatio: shareOf(badOf(events), budget),
  };
}

/** Bad events against those that the window allows, both exact. */
function shareOf(bad: bigint, { events, objective }: Figures['budget']): number | null {
  const { numerator, denominator } = objective.budget;
  const allowed = events.total * numerator;
  return allowed === 0n ? null : toNumber({ numerator: bad * denominator, denominator: allowed });
}

function sumOf(all: readonly EventsOf[]): EventsOf {
  return all.reduce<EventsOf>(
    (sum, { events, raw }) => ({ events: add(sum.events, events), raw: add(sum.raw, raw) }),
    { events: EMPTY_TALLY, raw: EMPTY_TALLY },
  );
}

/** Of equal shares, the one that has more to tell in raw events; then the latest. */
function comparison(sort: EpisodeSort): (a: Episode, b: Episode) => number {
  const sign = sort.startsWith('-') ? -1 : 1;
  if (sort.endsWith('start')) return (a, b) => sign * (a.from - b.from);
  return (a, b) =>
    sign * Number(badOf(a.events) - badOf(b.events)) ||
    sign * Number(badOf(a.raw) - badOf(b.raw)) ||
    b.from - a.from;
}
