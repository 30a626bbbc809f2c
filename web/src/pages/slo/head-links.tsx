import type { SloView } from '../../../../src/slos/view-types';
import { isLink } from '../../kit/is-link';
import { say } from '../../words/say';
import css from './head.module.css';
import { WORDS } from './words';

/** Where one goes on from here. */
export function HeadLinks({ view: { slo, definition, retiredAt } }: { readonly view: SloView }) {
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
          <a href={`/what-if/${slo}`}>{words.whatIf}</a>
          <a href={`/definitions/${slo}`}>{words.edit}</a>
        </>
      )}
    </nav>
  );
}
