import { halved, type MergedSelector } from '../promql/merge-selectors';
import { formatSelector } from '../promql/selector';
import { type Labels, SourceFailure } from './series-source';

/** What a merged question brought for one of its members. */
export type MemberAnswer<T> = readonly T[] | SourceFailure;

interface Asking<T> {
  readonly ask: (merged: MergedSelector) => Promise<readonly T[]>;
  readonly answersOthers: () => Promise<boolean>;
}

/** A thousand members are told apart within three deadlines. */
const HALVINGS_AT_ONCE = 5;

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
 * so that one broken selector costs nobody else their answer. One that came to no end is cut into
 * many parts instead, since each part that holds the one at fault takes another deadline.
 *
 * @param answersOthers whether the source answers at all, so that asking for less may help
 */
export async function askMerged<T extends { readonly labels: Labels }>(
  questions: readonly MergedSelector[],
  ask: (merged: MergedSelector) => Promise<readonly T[]>,
  answersOthers: () => Promise<boolean> = () => Promise.resolve(false),
): Promise<ReadonlyMap<string, MemberAnswer<T>>> {
  const answers = new Map<string, MemberAnswer<T>>();
  await Promise.all(questions.map((merged) => askOne(merged, { ask, answersOthers }, answers)));
  return answers;
}

async function askOne<T extends { readonly labels: Labels }>(
  merged: MergedSelector,
  asking: Asking<T>,
  answers: Map<string, MemberAnswer<T>>,
): Promise<void> {
  try {
    sortOut(merged, await asking.ask(merged), answers);
  } catch (error) {
    if (!(error instanceof SourceFailure)) throw error;
    const smaller = await smallerThan(merged, error, asking);
    if (smaller.length > 1) {
      await Promise.all(smaller.map((each) => askOne(each, asking, answers)));
      return;
    }
    for (const member of merged.members.values()) answers.set(formatSelector(member), error);
  }
}

async function smallerThan<T>(
  merged: MergedSelector,
  { kind }: SourceFailure,
  { answersOthers }: Asking<T>,
): Promise<readonly MergedSelector[]> {
  if (kind === 'too_much' || kind === 'rejected') return halved(merged) ?? [];
  if (kind !== 'unavailable' || merged.members.size < 2 || !(await answersOthers())) return [];
  let parts: readonly MergedSelector[] = [merged];
  for (let k = 0; k < HALVINGS_AT_ONCE; k += 1)
    parts = parts.flatMap((each) => halved(each) ?? each);
  return parts;
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
