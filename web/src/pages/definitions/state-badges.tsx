import type { DefinitionRow } from '../../../../src/authoring/definition-views';
import { Icon, type IconName } from '../../kit/icons';
import { say } from '../../words/say';
import css from './definitions.module.css';
import { WORDS } from './words';

/** Whether a definition counts, and what is wrong with it. */
export function StateBadges({ of }: { readonly of: DefinitionRow }) {
  const words = say(WORDS);
  const { inForce, stale, problems } = of;
  return (
    <>
      {!inForce && <Badge icon="no_data" look="warning" text={words.notInForce} />}
      {inForce && stale && <Badge icon="at_risk" look="warning" text={words.stale} />}
      {inForce && !stale && <Badge icon="healthy" look="good" text={words.inForce} />}
      {problems.length > 0 && (
        <Badge icon="at_risk" look="warning" text={words.problemCount(problems.length)} />
      )}
    </>
  );
}

function Badge({
  icon,
  look,
  text,
}: {
  readonly icon: IconName;
  readonly look: 'good' | 'warning';
  readonly text: string;
}) {
  return (
    <span class={css['badge']}>
      <Icon name={icon} class={css[look]} />
      {text}
    </span>
  );
}
