import { Objective } from '../src/domain/objective';
import type { Slo } from '../src/domain/slo';
import { DAY_SECONDS, GRID_SECONDS, MINUTE_SECONDS, dayOf } from '../src/ledger/grid';
import type { Append, Lease, Ledger } from '../src/ledger/ledger';
import { revisionOf } from '../src/ledger/revision';
import type { Step } from '../src/ledger/step';
import type { Stream } from '../src/ledger/stream';

/** The newest minutes are all there; older ones where a 30-day SLO looks back to with every minute. */
const NEWEST_MINUTES = 150;
const MINUTES_BACK = [360, 1_440, 4_320];
const STREAMS_AT_ONCE = 250;
const STEPS_AT_ONCE = 500_000;
const HOUR_SECONDS = 3_600;
const OUTAGE_EVERY_HOURS = 240;

/** SLOs of one service each, as a thousand teams write them: nothing of one is shared with another. */
export function singleSlos(count: number): readonly Slo[] {
  return Array.from({ length: count }, (_, k) => ({
    service: `service-${k}`,
    name: 'api-errors',
    description: 'Answers without a server error',
    team: 'bench',
    labels: {},
    objective: Objective.parse('0.999'),
    window: { kind: 'rolling', seconds: 30 * DAY_SECONDS },
    sli: {
      kind: 'ratio',
      total: `http_requests_total{job="service-${k}"}`,
      part: { role: 'bad', selector: `http_requests_total{job="service-${k}",code=~"5.."}` },
    },
    groupBy: [],
    budgeting: { kind: 'occurrences' },
    noData: 'ignore',
    minEvents: null,
    minBadEvents: null,
    datasource: 'default',
    counting: { identity: ['job', 'instance'], births: 'count' },
    alerting: { runbook: null, labels: {}, tiers: [] },
    renamedFrom: null,
    exclusions: [],
  }));
}

/**
 * Streams with the points that ticks from `end` on will look back to, and one step over each time
 * that none of them will: the tables' size does not matter to a look-up by key.
 *
 * @param ticks how many minutes after `end` are to come
 */
export async function fill(
  ledger: Ledger,
  lease: Lease,
  slos: readonly Slo[],
  end: number,
  ticks: number,
): Promise<void> {
  const steps = stepEnds(end, ticks);
  const startsAt = end - Math.max(...MINUTES_BACK) * MINUTE_SECONDS;
  for (let from = 0; from < slos.length; from += STREAMS_AT_ONCE) {
    const streams = await ledger.open(
      slos.slice(from, from + STREAMS_AT_ONCE).map((slo) => ({
        service: slo.service,
        name: slo.name,
        group: null,
        revision: revisionOf(slo),
        scale: 1n,
        startsAt,
      })),
    );
    await ledger.append(streams.map((stream) => appendOf(stream, lease, steps)));
    const stepsFrom = dayOf(end - 30 * DAY_SECONDS);
    await ledger.prepend(
      streams.map((stream) => ({
        streamId: stream.id,
        lease,
        before: startsAt,
        readBackTo: stepsFrom,
        stepsFrom,
        steps: stepsTo(stream, stepsFrom, historyEnds(stepsFrom, startsAt)),
      })),
    );
  }
}

/** What fills a ledger with history. */
export interface Filling {
  /** Where history ends, epoch seconds on the five-minute grid. */
  readonly end: number;
  readonly days: number;
  /** An hour, or what it is a multiple of: on the five-minute grid. */
  readonly stepSeconds: number;
  /** How many minutes follow it. */
  readonly minutes: number;
}

/** Streams in which every step counted something; now and then an hour spends a seventh of a month's budget. */
export async function fillSteps(
  ledger: Ledger,
  lease: Lease,
  slos: readonly Slo[],
  { end, days, stepSeconds, minutes }: Filling,
): Promise<void> {
  const start = end - days * DAY_SECONDS;
  const count = (end - start) / stepSeconds;
  const following = Array.from({ length: minutes }, (_, k) => end + (k + 1) * MINUTE_SECONDS);
  const atOnce = Math.ceil(STEPS_AT_ONCE / count);
  for (let k = 0; k < slos.length; k += atOnce) {
    const streams = await ledger.open(
      slos.slice(k, k + atOnce).map((slo) => ({
        ...{ service: slo.service, name: slo.name, group: null, revision: revisionOf(slo) },
        ...{ scale: 1n, startsAt: end },
      })),
    );
    await ledger.prepend(
      streams.map((stream) => ({
        ...{ streamId: stream.id, lease, before: end, readBackTo: start, stepsFrom: start },
        steps: Array.from({ length: count }, (_, step) => ({
          at: start + (step + 1) * stepSeconds,
          ...countsOf(step, stepSeconds, stream.id),
        })),
      })),
    );
    if (minutes > 0) {
      await ledger.append(streams.map((stream) => appendOf(stream, lease, following)));
    }
  }
}

/** A thousand events a minute. */
function countsOf(step: number, stepSeconds: number, streamId: number): Omit<Step, 'at'> {
  const hour = Math.floor((step * stepSeconds) / HOUR_SECONDS);
  const isOutage = (hour + 7 * streamId) % OUTAGE_EVERY_HOURS === 0;
  const total = BigInt((1_000 * stepSeconds) / MINUTE_SECONDS);
  const bad = isOutage ? total / 10n : BigInt((step + streamId) % 3);
  return { good: total - bad, total, coveredSeconds: stepSeconds, flags: [] };
}

/** Steps up to these instants, a thousand events a minute of which one in a thousand or so is bad. */
export function appendOf(stream: Stream, lease: Lease, ends: readonly number[]): Append {
  const after = stream.newest.at;
  return { streamId: stream.id, lease, after, steps: stepsTo(stream, after, ends) };
}

function stepEnds(end: number, ticks: number): readonly number[] {
  const ends = new Set(newestMinutes(end));
  for (const back of MINUTES_BACK) {
    for (let k = 1; k <= ticks + 1; k += 1) {
      const at = end + (k - back) * MINUTE_SECONDS;
      if (at <= end) ends.add(at);
    }
  }
  return [...ends].sort((a, b) => a - b);
}

/** The minutes up to an instant that every process has seen pass. */
export function newestMinutes(end: number): readonly number[] {
  return Array.from({ length: NEWEST_MINUTES }, (_, k) => end - k * MINUTE_SECONDS);
}

/** Two days by five minutes, then one step up to where live points begin. */
function historyEnds(from: number, to: number): readonly number[] {
  const places = (2 * DAY_SECONDS) / GRID_SECONDS;
  return [...Array.from({ length: places }, (_, k) => from + (k + 1) * GRID_SECONDS), to];
}

function stepsTo(stream: Stream, from: number, ends: readonly number[]): readonly Step[] {
  return ends.map((at, k) => {
    const before = ends[k - 1] ?? from;
    const minutes = (at - before) / MINUTE_SECONDS;
    const total = BigInt(Math.round(minutes * (1_000 + (stream.id % 97))));
    const bad = BigInt((k + stream.id) % 3);
    return { at, good: total - bad, total, coveredSeconds: at - before, flags: [] };
  });
}
