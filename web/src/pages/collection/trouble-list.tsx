import type { CollectionView } from '../../../../src/collection/collection-views';
import { told } from '../../figures/told';
import { Icon } from '../../kit/icons';
import { Section } from '../../kit/section';
import { Table } from '../../kit/table';
import { Tag } from '../../kit/tag';
import { say } from '../../words/say';
import { RUNBOOKS } from './advice';
import css from './collection.module.css';
import { type Trouble, troublesOf } from './troubles';
import { WORDS } from './words';

/** What is wrong, in the service's words, with what to do and where that is told at length. */
export function TroubleList({ collection }: { readonly collection: CollectionView }) {
  const words = say(WORDS);
  const troubles = troublesOf(collection);
  if (troubles.length === 0) {
    return (
      <p class={css['fine']} role="status">
        <Icon name="healthy" /> <strong>{words.noTroubles}.</strong> {words.noTroublesText}
      </p>
    );
  }
  return (
    <Section title={words.troubles}>
      <Table
        caption={words.troubles}
        rows={troubles}
        keyOf={({ kind, where, message }) => `${kind} ${where} ${message}`}
        columns={[
          {
            key: 'what',
            title: words.trouble.what,
            isName: true,
            cell: (row) => <What trouble={row} />,
          },
          {
            key: 'where',
            title: words.trouble.where,
            cell: ({ where, message, kind, slo }) => (
              <span class={css['text']}>
                {slo === null ? where : <a href={`/slos/${slo}`}>{where}</a>}
                <span class={css['soft']}>
                  {message === '' ? inWords(collection, kind, where) : told.value.sentence(message)}
                </span>
              </span>
            ),
          },
          {
            key: 'todo',
            title: words.trouble.todo,
            cell: ({ advice, kind }) => (
              <span class={css['text']}>
                {words.advice[advice]}{' '}
                <a
                  href={`/docs/runbooks/${RUNBOOKS[advice]}`}
                  target="_blank"
                  rel="noopener"
                  aria-label={words.runbookOf(words.severities[kind])}
                >
                  {words.runbook}
                </a>
              </span>
            ),
          },
        ]}
      />
    </Section>
  );
}

function What({ trouble: { kind } }: { readonly trouble: Trouble }) {
  const { severities } = say(WORDS);
  const isSlip = kind === 'warning';
  return (
    <Tag tone={isSlip ? 'warn' : 'bad'} icon={isSlip ? 'at_risk' : 'critical'}>
      {severities[kind]}
    </Tag>
  );
}

/** Of what the service says by a figure alone. */
function inWords(collection: CollectionView, kind: Trouble['kind'], where: string): string {
  const words = say(WORDS);
  if (kind === 'behind') return words.behind(told.value.duration(collection.lagSeconds));
  const skew = collection.sources.find(({ name }) => name === where)?.clockSkewSeconds;
  return skew == null ? '' : words.skewOf(told.value.duration(Math.abs(skew)));
}
