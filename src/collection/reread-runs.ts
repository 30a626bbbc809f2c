import type { AwaitedStep } from '../ledger/ledger';
import { LIVE_STEP_SECONDS, type Steps } from './steps';

/** Steps that wait for samples are asked for again this often. */
export const REREAD_EVERY_SECONDS = 300;
/** A silent target mostly comes back within this time, or not at all. */
const SOON_ROUNDS = 12;
/** A source that comes and goes all the time is asked for its latest gaps only. */
const MOST_RUNS = 20;

/** Adjoining steps that wait for samples. */
export interface Run {
  readonly span: Steps;
  /** What has to be looked at now: the span, or where nothing is missing the part whose turn it is. */
  readonly look: Steps;
}

/**
 * The runs of awaited steps that are to be looked at, oldest first. Missing steps are so every time;
 * provisional ones for an hour, then at doubling ages, since a target that died without a word is
 * waited for as well.
 *
 * @param roundEnd a multiple of REREAD_EVERY_SECONDS, by which a step's age is told
 */
export function runsToReread(awaited: readonly AwaitedStep[], roundEnd: number): readonly Run[] {
  const due = new Map<number, boolean>();
  const missing = new Set<number>();
  for (const { at, flag } of awaited) {
    if (flag === 'missing') missing.add(at);
    due.set(at, flag === 'missing' || due.get(at) === true || isTurnOf(at, roundEnd));
  }
  const ends = [...due.keys()].sort((a, b) => a - b);
  const runs: Run[] = [];
  for (const own of adjoining(ends)) {
    const hasMissing = own.some((end) => missing.has(end));
    const wanted = own.filter((end) => due.get(end) === true);
    if (wanted.length === 0) continue;
    runs.push({ span: spanOf(own), look: spanOf(hasMissing ? own : wanted) });
  }
  return runs.slice(-MOST_RUNS);
}

function adjoining(ends: readonly number[]): readonly (readonly number[])[] {
  const runs: number[][] = [];
  for (const end of ends) {
    const last = runs.at(-1);
    if (last?.at(-1) === end - LIVE_STEP_SECONDS) last.push(end);
    else runs.push([end]);
  }
  return runs;
}

function isTurnOf(at: number, roundEnd: number): boolean {
  const round = Math.floor((roundEnd - at) / REREAD_EVERY_SECONDS);
  return round <= SOON_ROUNDS || Number.isInteger(Math.log2(round));
}

function spanOf(ends: readonly number[]): Steps {
  const [from, to] = [(ends[0] ?? 0) - LIVE_STEP_SECONDS, ends.at(-1) ?? 0];
  return { from, to, stepSeconds: LIVE_STEP_SECONDS };
}
