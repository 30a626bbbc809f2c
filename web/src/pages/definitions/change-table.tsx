import type {
  DefinitionChangesView,
  DefinitionChangeView,
} from '../../../../src/authoring/definition-views';
import { Table } from '../../kit/table';
import { say } from '../../words/say';
import css from './definitions.module.css';
import { WORDS } from './words';

/** What a change would do, SLO by SLO, and whether its counting goes on. */
export function ChangeTable({ changes }: { readonly changes: DefinitionChangesView }) {
  const words = say(WORDS);
  return (
    <Table
      caption={words.wouldChange}
      rows={changes.items}
      keyOf={({ slo }) => slo}
      columns={[
        { key: 'slo', title: words.slo, isName: true, cell: ({ slo }) => slo },
        { key: 'outcome', title: words.outcome, cell: ({ outcome }) => words.outcomes[outcome] },
        { key: 'stream', title: words.counting, cell: ({ stream }) => words.streams[stream] },
        { key: 'fields', title: words.fields, cell: (change) => <Fields of={change} /> },
      ]}
    />
  );
}

function Fields({ of: { changes } }: { readonly of: DefinitionChangeView }) {
  if (changes.length === 0) return <>–</>;
  return (
    <ul class={css['fields']}>
      {changes.map(({ field, before, after }) => (
        <li key={field}>
          <code>{field}</code> <bdi>{shown(before)}</bdi> → <bdi>{shown(after)}</bdi>
        </li>
      ))}
    </ul>
  );
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
