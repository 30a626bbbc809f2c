import type { Prepend } from '../src/ledger/ledger';
import type { Step } from '../src/ledger/step';
import type { Stream } from '../src/ledger/stream';
import type { ServiceParts } from './service-parts';

const HOUR = 3_600;
const DAY = 24 * HOUR;
const GRID = 300;
/** Windows of the ticks to come begin within these. */
const DENSE_SECONDS = 2 * HOUR;
const WINDOWS = [30 * DAY, 3 * DAY, DAY, 6 * HOUR, 2 * HOUR];
const STREAMS_AT_ONCE = 1_000;

/**
 * Thirty days of history without asking for them: five-minute steps where the windows of the next
 * two hours begin, and one step over each time in which none of them does.
 */
export async function writeHistory({ collector, ledger }: ServiceParts): Promise<void> {
  const held = collector.heldUnits();
  const streams = await collector.streamsOf(held.map(([unit]) => unit));
  for (const [unit, lease] of held) {
    const own = streams.get(unit.key) ?? [];
    for (let from = 0; from < own.length; from += STREAMS_AT_ONCE) {
      const batch = own.slice(from, from + STREAMS_AT_ONCE);
      const moved = await ledger.prepend(
        batch.map((stream): Prepend => {
          const start = stream.oldest.at - 30 * DAY - HOUR;
          return {
            streamId: stream.id,
            lease,
            before: stream.backfilledTo,
            readBackTo: start,
            stepsFrom: start,
            steps: stepsOf(stream, start),
          };
        }),
      );
      if (moved.size < batch.length) throw new Error('not all history was written');
    }
  }
}

function stepsOf(stream: Stream, start: number): readonly Step[] {
  const ends = new Set([stream.oldest.at]);
  for (const window of WINDOWS) {
    const first = Math.max(start, stream.oldest.at - window - HOUR / 2);
    for (let at = first; at < first + DENSE_SECONDS; at += GRID) {
      if (at > start && at < stream.oldest.at) ends.add(at);
    }
  }
  let before = start;
  return [...ends]
    .sort((a, b) => a - b)
    .map((at) => {
      const coveredSeconds = at - before;
      const total = BigInt(coveredSeconds * (1 + (stream.id % 3)));
      const bad = BigInt((at / GRID + stream.id) % 2);
      before = at;
      return { at, good: total - bad, total, coveredSeconds, flags: [] };
    });
}
