import type { SloView } from '../../../../src/slos/view-types';
import type { Group } from '../../figures/group-text';
import { isLink } from '../../kit/is-link';
import { sloPath } from '../../router/slo-path';
import { say } from '../../words/say';
import css from './head.module.css';
import { WORDS } from './words';

interface Props {
  readonly view: SloView;
  readonly group: Group;
}

/** Where one goes on from here; with the group that is shown, where there is one. */
export function HeadLinks({ view: { slo, definition, retiredAt }, group }: Props) {
  const words = say(WORDS);
  const { runbook } = definition;
  return (
    <nav class={css['links']} aria-label={slo}>
      {runbook !== null && isLink(runbook) && (
        <a href={runbook} rel="noopener noreferrer">
          {words.runbook}
        </a>
      )}
      {retiredAt === null && (
        <>
          <a href={sloPath(slo, group, 'what-if')}>{words.whatIf}</a>
          <a href={`/definitions/${slo}`}>{words.edit}</a>
        </>
      )}
    </nav>
  );
}
