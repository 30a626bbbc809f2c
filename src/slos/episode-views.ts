import { formatSeconds } from '../domain/duration';
import type { Episode, EventsOf } from '../domain/episode';
import { sloId } from '../domain/slo';
import { add, badOf, EMPTY_TALLY, type Tally, unscaled } from '../domain/tally';
import type { Spending } from '../evaluation/episodes';
import type { Figures } from '../evaluation/figures';
import type { Marker } from '../exclusions/marker-store';
import { pageOf } from '../http/page';
import { markersIn } from './episode-markers';
import type { EpisodesQuery, EpisodeSort } from './episodes.dto';
import type {
  EpisodeMarkerView,
  EpisodesView,
  EpisodeView,
  SpentBothView,
  SpentView,
} from './episode-view.dto';
import { rfc3339 } from '../domain/instant';
import { touchingView, windowView } from './views';

/** @param markers of the whole span */
export function episodesView(
  spending: Spending,
  markers: readonly Marker[],
  query: Pick<EpisodesQuery, 'sort' | 'limit' | 'cursor'>,
  mergeSeconds: number,
): EpisodesView {
  const { figures, span, episodes, rest, all } = spending;
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
    items: items.map((episode) => episodeView(episode, spending, markers)),
    nextCursor,
    reason: budget.reason,
  };
}

function episodeView(
  episode: Episode,
  { figures, excludedIn }: Spending,
  markers: readonly Marker[],
): EpisodeView {
  const { from, to, over, peakBurnRate, peakAt, raw } = episode;
  const told = {
    start: rfc3339(from),
    end: over ? rfc3339(to) : null,
    durationSeconds: to - from,
    peakBurnRate,
    peakAt: rfc3339(peakAt),
    coverage: Math.min(1, raw.coveredSeconds / (to - from)),
    exclusions: excludedIn(episode).map(touchingView),
    markers: markersIn(markers, episode).map(markerView),
  };
  return Object.assign(told, spentBoth(episode, figures));
}

function markerView({ id, kind, at, end, text, link }: Marker): EpisodeMarkerView {
  const instant = (seconds: number) => rfc3339(Math.floor(seconds));
  return { id, kind, at: instant(at), end: end === null ? null : instant(end), text, link };
}

function spentBoth({ events, raw }: EventsOf, figures: Figures): SpentBothView {
  return Object.assign(spent(events, figures), { raw: spent(raw, figures) });
}

function spent(events: Tally, { scale, budget: { budget } }: Figures): SpentView {
  const bad = unscaled(badOf(events), scale);
  const allowed = budget?.allowedBad ?? 0;
  return {
    bad,
    total: unscaled(events.total, scale),
    shareRatio: allowed > 0 ? bad / allowed : null,
  };
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
