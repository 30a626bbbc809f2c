import type { AskedQueryView } from '../../../../src/collection/collection-views';
import { told } from '../../figures/told';
import { Note, Section } from '../../kit/section';
import { Table } from '../../kit/table';
import { say } from '../../words/say';
import css from './collection.module.css';
import { WORDS } from './words';

/** The plan: what the last tick asked, for how many at once, and what that cost. */
export function Queries({ queries }: { readonly queries: readonly AskedQueryView[] }) {
  const { queries: title, queriesAbout, noQueries, query: words } = say(WORDS);
  const figures = told.value;
  const figure = (key: 'slos' | 'series' | 'samples') => ({
    key,
    title: words[key],
    isFigure: true,
    cell: (row: AskedQueryView) => figures.count(row[key]),
  });
  return (
    <Section title={title}>
      <Note>{queries.length === 0 ? noQueries : queriesAbout}</Note>
      {queries.length > 0 && (
        <Table
          caption={title}
          rows={queries}
          keyOf={({ query }) => query}
          columns={[
            figure('slos'),
            figure('series'),
            figure('samples'),
            {
              key: 'query',
              title: words.query,
              cell: ({ query }) => <code class={css['query']}>{query}</code>,
            },
          ]}
        />
      )}
    </Section>
  );
}
