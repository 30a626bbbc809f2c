import { halved, type MergedSelector } from '../promql/merge-selectors';
import { formatSelector } from '../promql/selector';
import { type Labels, SourceFailure } from './series-source';

/** What a merged question brought for one of its members. */
export type MemberAnswer<T> = readonly T[] | SourceFailure;

/** One question as it was sent, for people to see what is asked. */
export interface AskedQuery {
  readonly query: string;
  /** SLOs that it was asked for. */
  readonly slos: number;
  /** Series and samples that came back. */
  readonly series: number;
  readonly samples: number;
}

/**
 * Asks merged selectors and sorts the answers to the members, by the text of their own selectors. A
 * question that the source refuses is halved until the member that it cannot answer stands alone,
 * so that one broken selector costs nobody else their answer.
 */
export async function askMerged<T extends { readonly labels: Labels }>(
  questions: readonly MergedSelector[],
  ask: (merged: MergedSelector) => Promise<readonly T[]>,
): Promise<ReadonlyMap<string, MemberAnswer<T>>> {
  const answers = new Map<string, MemberAnswer<T>>();
  await Promise.all(questions.map((merged) => askOne(merged, ask, answers)));
  return answers;
}

async function askOne<T extends { readonly labels: Labels }>(
  merged: MergedSelector,
  ask: (merged: MergedSelector) => Promise<readonly T[]>,
  answers: Map<string, MemberAnswer<T>>,
): Promise<void> {
  try {
    sortOut(merged, await ask(merged), answers);
  } catch (error) {
    if (!(error instanceof SourceFailure)) throw error;
    const halves = error.kind === 'too_much' || error.kind === 'rejected' ? halved(merged) : null;
    if (halves !== null) {
      await Promise.all(halves.map((half) => askOne(half, ask, answers)));
      return;
    }
    for (const member of merged.members.values()) answers.set(formatSelector(member), error);
  }
}

function sortOut<T extends { readonly labels: Labels }>(
  { members, varying }: MergedSelector,
  rows: readonly T[],
  answers: Map<string, MemberAnswer<T>>,
): void {
  const byValue = new Map<string, T[]>([...members.keys()].map((value) => [value, []]));
  for (const row of rows) {
    byValue.get(varying === null ? '' : (row.labels[varying] ?? ''))?.push(row);
  }
  for (const [value, member] of members) {
    answers.set(formatSelector(member), byValue.get(value) ?? []);
  }
}
