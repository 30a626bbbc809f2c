import type { CounterSource } from '../collection/counter-reader';

/** A query for one number each, by name. */
export type Questions = Readonly<Record<string, string>>;

const QUESTION = 'question';
/** VictoriaMetrics takes 16 384 bytes of a query. */
const LONGEST_QUERY = 12_000;

/**
 * Answers to many small questions for the price of a query or two. One without an answer is absent.
 *
 * @param questions names without quotes or backslashes; queries whose answer has no labels
 */
export async function askTogether(
  { source, datasource }: CounterSource,
  questions: Questions,
  now: number,
): Promise<ReadonlyMap<string, number>> {
  const answers = new Map<string, number>();
  for (const query of packed(questions)) {
    for (const { labels, value } of await source.instant(datasource, query, now)) {
      answers.set(labels[QUESTION] ?? '', value);
    }
  }
  return answers;
}

function packed(questions: Questions): readonly string[] {
  const queries: string[] = [];
  for (const [name, query] of Object.entries(questions)) {
    const named = `label_replace(${query}, "${QUESTION}", "${name}", "", "")`;
    const last = queries.at(-1);
    if (last === undefined || last.length + named.length > LONGEST_QUERY) queries.push(named);
    else queries[queries.length - 1] = `${last} or ${named}`;
  }
  return queries;
}
