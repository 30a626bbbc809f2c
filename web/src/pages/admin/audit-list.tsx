import type { AuditEntryView } from '../../../../src/auth/audit.dto';
import { told } from '../../figures/told';
import { Table } from '../../kit/table';
import { say } from '../../words/say';
import css from './admin.module.css';
import { WORDS } from './words';

export function AuditList({ entries }: { readonly entries: readonly AuditEntryView[] }) {
  const { audit, entry } = say(WORDS);
  return (
    <Table
      caption={audit}
      rows={entries}
      keyOf={({ id }) => id}
      columns={[
        {
          key: 'at',
          title: entry.at,
          cell: ({ at }) => <span class={css['at']}>{told.value.instant(at)}</span>,
        },
        {
          key: 'actor',
          title: entry.actor,
          cell: ({ actor, address }) => (
            <>
              {actor}
              <span class={css['soft']}>{address}</span>
            </>
          ),
        },
        { key: 'action', title: entry.action, cell: ({ action }) => action },
        {
          key: 'subject',
          title: entry.subject,
          isName: true,
          cell: ({ subject, requestId }) => (
            <span class={css['subject']}>
              {subject}
              <span class={css['soft']}>{requestId}</span>
            </span>
          ),
        },
        { key: 'change', title: entry.change, cell: (row) => <Change of={row} /> },
      ]}
    />
  );
}

function Change({ of: { before, after } }: { readonly of: AuditEntryView }) {
  const words = say(WORDS);
  if (before === null && after === null) return <>–</>;
  const json = (value: unknown) => JSON.stringify(value, null, 2);
  return (
    <details>
      <summary>{words.shows}</summary>
      {before !== null && (
        <>
          <h3>{words.before}</h3>
          <pre class={css['json']}>{json(before)}</pre>
        </>
      )}
      {after !== null && (
        <>
          <h3>{words.after}</h3>
          <pre class={css['json']}>{json(after)}</pre>
        </>
      )}
    </details>
  );
}
