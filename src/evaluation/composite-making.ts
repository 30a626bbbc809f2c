import type { CompositeSlo } from '../domain/slo';
import { DAY_SECONDS, floorTo, GRID_SECONDS, LIVE_DAYS } from '../ledger/grid';
import type { Ledger, LedgerReader } from '../ledger/ledger';
import { revisionOf } from '../ledger/revision';
import type { Stream } from '../ledger/stream';
import { CompositeLine } from './composite-line';
import { readSlices, type StreamedPart } from './composite-slices';
import { sameGroup } from './streams-of';
import { SucceedingLedger } from './succeeding-ledger';

/** A composite's slices as they were made last. */
export interface Made {
  /** What they were made of; when it is something else, all of them are made anew. */
  readonly of: string;
  /** How often that had been corrected. */
  readonly corrections: number;
  readonly line: CompositeLine;
  /** Another number for each time that all of them were made. */
  readonly making: number;
}

/** A stream that no table holds: it carries its points with it. */
export interface ComposedStream extends Stream {
  readonly line: CompositeLine;
  readonly making: number;
}

type Reader = LedgerReader & Pick<Ledger, 'earlierStreams'>;

/** Ids of the ledger's own streams are 32-bit integers. */
export const FIRST_COMPOSED_ID = 2 ** 31;

export const NEVER_MADE: Made = {
  of: '',
  corrections: 0,
  line: CompositeLine.of(0, GRID_SECONDS, [], 0),
  making: 0,
};

let makings = 0;

export function isComposed(stream: Stream): stream is ComposedStream {
  return stream.id >= FIRST_COMPOSED_ID;
}

/**
 * A composite's slices up to the last one that all of its parts have reached: only what is new, or
 * was corrected, or all of them where its parts are others or reach further back than before.
 */
export async function upToDate(
  ledger: Reader,
  slo: CompositeSlo,
  parts: readonly StreamedPart[],
  before: Made | undefined,
): Promise<Made> {
  const slice = slo.sli.sliceSeconds;
  const streams = parts.flatMap((part) => part.streams);
  const to = floorTo(Math.min(...streams.map(({ newest }) => newest.at)), slice);
  const of = madeOf(slo, parts);
  const corrections = streams.reduce((sum, stream) => sum + stream.corrections, 0);
  const whole = async (): Promise<Made> => {
    const line = await wholeLine(ledger, slo, parts, to);
    return { of, corrections, line, making: (makings += 1) };
  };
  if (before?.of !== of) return whole();
  const corrected = before.corrections !== corrections;
  if (!corrected && to <= before.line.to) return before;
  const kept = corrected ? before.line.upTo(uncorrectable(before.line)) : before.line;
  const heads = parts.map((part) => Math.min(...part.streams.map(({ oldest }) => oldest.at)));
  // What its parts counted under earlier definitions lies before these.
  if (kept.to < Math.max(...heads)) return whole();
  const { slices } = await readSlices(ledger, slo, parts, kept.to, to);
  return { ...before, corrections, line: kept.followedBy(slices) };
}

/** Corrections come no later than steps are kept by the minute. */
function uncorrectable({ from, to, sliceSeconds }: CompositeLine): number {
  return Math.max(from, floorTo(to - LIVE_DAYS * DAY_SECONDS, sliceSeconds));
}

/** From where the youngest part begins, with what its parts counted under earlier definitions. */
async function wholeLine(
  ledger: Reader,
  slo: CompositeSlo,
  parts: readonly StreamedPart[],
  to: number,
): Promise<CompositeLine> {
  const succeeding = new SucceedingLedger(ledger);
  const earlier = await ledger.earlierStreams(
    parts.map(({ slo: of }) => ({ service: of.service, name: of.name, revision: revisionOf(of) })),
  );
  const lines = await succeeding.continued(
    parts.map(({ slo: { service, name }, group, streams }) => ({
      present: streams,
      earlier: earlier.filter(
        (each) =>
          each.service === service &&
          each.name === name &&
          (group === null || sameGroup(each.group, group)),
      ),
      reach: -Infinity,
    })),
  );
  const continued = parts.map((part, k) => ({ ...part, streams: lines[k] ?? part.streams }));
  const begin = Math.max(
    ...continued.map(({ streams }) => Math.min(...streams.map(({ oldest }) => oldest.at))),
  );
  const slice = slo.sli.sliceSeconds;
  const from = Math.ceil(begin / slice) * slice;
  const { slices, origin } = await readSlices(succeeding, slo, continued, from, to);
  return CompositeLine.of(from, slice, slices, origin);
}

/** The parts' streams as far as they go back, and by what objectives their slices are judged. */
function madeOf({ sli }: CompositeSlo, parts: readonly StreamedPart[]): string {
  return JSON.stringify(
    parts.map(({ slo, streams, changes }) => [
      // A composite within a composite that was made anew is another one; its growth is not.
      streams.map((each) => [each.id, each.oldest.at, isComposed(each) ? each.making : 0]),
      sli.method === 'all' ? [slo.objective.text, changes] : [],
    ]),
  );
}
