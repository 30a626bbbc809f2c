import type { DifferencesView } from '../../../../src/reports/closed-reports.dto';
import type { Report as ReportView } from '../../../../src/reports/report';
import { useAnswer } from '../../api/answers';
import { told } from '../../figures/told';
import { Note, Section } from '../../kit/section';
import { Shown } from '../../kit/states';
import { Table } from '../../kit/table';
import { say } from '../../words/say';
import css from './reports.module.css';
import { WORDS } from './words';

const MOST_SHOWN = 100;

/** What a revision says otherwise than the one before it. */
export function Differences({
  month,
  report: { revision, timeZone },
}: {
  readonly month: string;
  readonly report: ReportView;
}) {
  const words = say(WORDS);
  const query = new URLSearchParams({ revision: String(revision), timeZone });
  const answer = useAnswer<DifferencesView>(
    `/api/v1/reports/monthly/${month}/differences?${query.toString()}`,
  );
  return (
    <Section title={words.differences}>
      <Shown of={answer}>
        {({ changes, reason, author }) => (
          <>
            <p>
              {reason} ({words.by(author)})
            </p>
            {changes.length === 0 ? <Note>{words.noDifferences}</Note> : <Changes of={changes} />}
          </>
        )}
      </Shown>
    </Section>
  );
}

/** Behind a click: the report itself is what people come for. */
function Changes({ of }: { readonly of: DifferencesView['changes'] }) {
  const { differences, differing, difference, more } = say(WORDS);
  const value = (told: unknown) => (
    <span class={css['value']}>{told === null ? '–' : JSON.stringify(told)}</span>
  );
  return (
    <details>
      <summary>{differing(told.value.count(of.length))}</summary>
      <Table
        caption={differences}
        rows={of.slice(0, MOST_SHOWN)}
        keyOf={({ field }) => field}
        columns={[
          {
            key: 'field',
            title: difference.field,
            isName: true,
            cell: ({ field }) => <span class={css['value']}>{field}</span>,
          },
          { key: 'before', title: difference.before, cell: ({ before }) => value(before) },
          { key: 'after', title: difference.after, cell: ({ after }) => value(after) },
        ]}
      />
      {of.length > MOST_SHOWN && <Note>{more(told.value.count(of.length - MOST_SHOWN))}</Note>}
    </details>
  );
}
