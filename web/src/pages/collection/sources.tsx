import type { SourceView } from '../../../../src/collection/collection-views';
import { told } from '../../figures/told';
import { Section } from '../../kit/section';
import { Empty } from '../../kit/states';
import { Table } from '../../kit/table';
import { Tag } from '../../kit/tag';
import { say } from '../../words/say';
import css from './collection.module.css';
import { WORDS } from './words';

export function Sources({ sources }: { readonly sources: readonly SourceView[] }) {
  const { source: words, sources: title, noSources } = say(WORDS);
  const figures = told.value;
  if (sources.length === 0) return <Empty title={noSources} />;
  return (
    <Section title={title}>
      <Table
        caption={title}
        rows={sources}
        keyOf={({ name }) => name}
        columns={[
          {
            key: 'name',
            title: words.name,
            isName: true,
            cell: ({ name, address }) => (
              <span class={css['text']}>
                {name}
                {address !== null && <span class={css['soft']}>{address}</span>}
              </span>
            ),
          },
          { key: 'state', title: words.state, cell: (source) => <State source={source} /> },
          {
            key: 'lag',
            title: words.lag,
            isFigure: true,
            cell: ({ lagSeconds }) =>
              lagSeconds === null ? '–' : words.ago(figures.duration(Math.max(0, lagSeconds))),
          },
          {
            key: 'skew',
            title: words.skew,
            isFigure: true,
            cell: ({ clockSkewSeconds }) => skewText(clockSkewSeconds),
          },
          {
            key: 'queries',
            title: words.queries,
            isFigure: true,
            cell: ({ queries }) => <Requests queries={queries} />,
          },
        ]}
      />
    </Section>
  );
}

function State({ source: { up, error } }: { readonly source: SourceView }) {
  const { source: words } = say(WORDS);
  if (up === null) return <Tag icon="no_data">{words.unasked}</Tag>;
  if (up) {
    return (
      <Tag tone="good" icon="healthy">
        {words.up}
      </Tag>
    );
  }
  return (
    <span class={css['text']}>
      <Tag tone="bad" icon="critical">
        {words.down}
      </Tag>
      <span class={css['soft']}>{error}</span>
    </span>
  );
}

function skewText(seconds: number | null): string {
  const { source: words } = say(WORDS);
  if (seconds === null) return '–';
  if (Math.abs(seconds) < 1) return words.exact;
  const size = told.value.duration(Math.abs(seconds));
  return seconds > 0 ? words.ahead(size) : words.late(size);
}

function Requests({ queries }: { readonly queries: SourceView['queries'] }) {
  const { source: words } = say(WORDS);
  const figures = told.value;
  const failed = Object.entries(queries).filter(([kind, count]) => kind !== 'success' && count > 0);
  const sum = failed.reduce((all, [, count]) => all + count, 0);
  return (
    <>
      {figures.count((queries['success'] ?? 0) + sum)}
      {sum > 0 && (
        <span class={css['soft']}>
          {words.failed(figures.count(sum))} ({failed.map(([kind]) => kind).join(', ')})
        </span>
      )}
    </>
  );
}
