import type { Amendment, Append, Lease, Prepend } from '../../src/ledger/ledger';
import type { Step } from '../../src/ledger/step';
import type { Stream } from '../../src/ledger/stream';

/** 2025-11-20T00:00:00Z, where the streams of these tests begin. */
export const LEDGER_START = 1_763_596_800;

/** Minutes of 7 good and 1 bad. */
export function appendOf(stream: Stream, lease: Lease, minutes: number): Append {
  const after = stream.newest.at;
  return { streamId: stream.id, lease, after, steps: stepsOf(after, minutes, 60) };
}

export function prependOf(stream: Stream, lease: Lease, count: number, seconds = 60): Prepend {
  const from = stream.oldest.at - count * seconds;
  return {
    streamId: stream.id,
    lease,
    before: stream.backfilledTo,
    readBackTo: from,
    stepsFrom: from,
    steps: stepsOf(from, count, seconds),
  };
}

export function amendmentOf(stream: Stream, lease: Lease): Amendment {
  return {
    streamId: stream.id,
    lease,
    from: LEDGER_START + 60,
    at: LEDGER_START + 120,
    known: { good: 7n, total: 8n, coveredSeconds: 60 },
    difference: { good: 1n, total: 1n, coveredSeconds: 0 },
    flags: [],
    reason: 'read again',
  };
}

function stepsOf(from: number, count: number, seconds: number): readonly Step[] {
  return Array.from({ length: count }, (_, index) => ({
    at: from + (index + 1) * seconds,
    good: 7n,
    total: 8n,
    coveredSeconds: seconds,
    flags: [],
  }));
}

export function must<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('expected a value');
  return value;
}
