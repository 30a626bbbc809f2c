import type { DefinitionRow } from '../../../../src/authoring/definition-views';
import { Tag } from '../../kit/tag';
import { say } from '../../words/say';
import css from './definitions.module.css';
import { WORDS } from './words';

/** Whether a definition counts, and what is wrong with it. */
export function StateBadges({ of }: { readonly of: DefinitionRow }) {
  const words = say(WORDS);
  return (
    <span class={css['tags']}>
      <State of={of} />
      {of.problems.length > 0 && (
        <Tag tone="warn" icon="at_risk">
          {words.problemCount(of.problems.length)}
        </Tag>
      )}
    </span>
  );
}

function State({ of: { inForce, stale } }: { readonly of: DefinitionRow }) {
  const words = say(WORDS);
  if (!inForce) return <Tag icon="no_data">{words.notInForce}</Tag>;
  if (stale) {
    return (
      <Tag tone="warn" icon="at_risk">
        {words.stale}
      </Tag>
    );
  }
  return (
    <Tag tone="good" icon="healthy">
      {words.inForce}
    </Tag>
  );
}
