import type { DefinitionEntry } from '../../../../src/authoring/definition-views';
import type { RevisionView, SloView } from '../../../../src/slos/view-types';
import { useAnswer } from '../../api/answers';
import { told } from '../../figures/told';
import { Shown } from '../../kit/states';
import { Table } from '../../kit/table';
import { say } from '../../words/say';
import { Code } from './code';
import { DETAIL_WORDS } from './detail-words';
import css from './details.module.css';

/** What is defined, and what it was before. */
export function Definition({ view }: { readonly view: SloView }) {
  const words = say(DETAIL_WORDS);
  const { definition, retiredAt, slo, revisions } = view;
  const [last] = revisions;
  return (
    <div class={css['part']}>
      {retiredAt === null ? (
        <>
          <p class={css['intro']}>
            {definition.origin === 'file' ? (
              <bdi>{words.writtenIn(definition.file, definition.line)}</bdi>
            ) : (
              words.overApi
            )}{' '}
            {words.language}
          </p>
          <Text slo={slo} />
        </>
      ) : (
        last && (
          <>
            <p class={css['intro']}>{words.lastKnown}</p>
            <Code text={JSON.stringify(last.spec, null, 2)} />
          </>
        )
      )}
      <h2>{words.revisions}</h2>
      <p class={css['intro']}>{words.revisionsIntro}</p>
      <Revisions revisions={revisions} />
    </div>
  );
}

function Text({ slo }: { readonly slo: string }) {
  const entry = useAnswer<DefinitionEntry>(`/api/v1/definitions/${slo}`);
  return <Shown of={entry}>{({ text }) => <Code text={text} />}</Shown>;
}

function Revisions({ revisions }: { readonly revisions: readonly RevisionView[] }) {
  const words = say(DETAIL_WORDS);
  const figures = told.value;
  return (
    <Table
      caption={words.revisions}
      rows={revisions}
      keyOf={({ from, revision }) => `${from} ${revision}`}
      columns={[
        {
          key: 'from',
          title: words.from,
          isName: true,
          cell: ({ from, to }) => (
            <>
              {figures.instant(from)}
              {to === null && <span class={css['soft']}> · {words.inForce}</span>}
            </>
          ),
        },
        {
          key: 'by',
          title: words.by,
          cell: ({ by }) => <bdi>{by === 'files' ? words.files : by}</bdi>,
        },
        {
          key: 'changes',
          title: words.whatChanged,
          cell: (revision) => (
            <Changes revision={revision} isFirst={revision === revisions.at(-1)} />
          ),
        },
        { key: 'stream', title: words.counting, cell: ({ stream }) => words.streams[stream] },
      ]}
    />
  );
}

function Changes({
  revision: { changes },
  isFirst,
}: {
  readonly revision: RevisionView;
  readonly isFirst: boolean;
}) {
  const words = say(DETAIL_WORDS);
  if (changes.length === 0) return <>{isFirst ? words.first : words.noChange}</>;
  const written = (value: unknown) => (value === null ? words.absent : JSON.stringify(value));
  return (
    <ul class={css['changes']}>
      {changes.map(({ field, before, after }) => (
        <li key={field}>
          <code>{field}</code> <del>{written(before)}</del> → <ins>{written(after)}</ins>
        </li>
      ))}
    </ul>
  );
}
