import type { SloView } from '../../../../src/slos/view-types';
import { isSameGroup } from '../../figures/group-text';
import { told } from '../../figures/told';
import { Icon } from '../../kit/icons';
import { say } from '../../words/say';
import type { Asking } from './address';
import css from './head.module.css';
import { silenceText, sliceSecondsOf } from './silence-text';
import { SILENCE_WORDS } from './silence-words';

interface Props {
  readonly view: SloView;
  readonly group: Asking['group'];
}

/** For how long nothing is known, and when that may end; nothing where figures say why they are missing. */
export function Silence({ view, group }: Props) {
  if (view.retiredAt !== null) return null;
  const rows = view.figures.filter((row) => group === null || isSameGroup(row.group, group));
  const isSilent = rows.every(
    ({ status, budget }) => status === 'no_data' && budget.remainingRatio !== null,
  );
  const ages = rows.flatMap(({ dataAgeSeconds }) => dataAgeSeconds ?? []);
  const [row] = rows;
  if (!isSilent || row === undefined || ages.length === 0) return null;
  const silence = {
    at: row.at,
    // Groups together were seen when the last of them was.
    dataAgeSeconds: Math.min(...ages),
    sliceSeconds: sliceSecondsOf(view.revisions[0]?.spec ?? {}),
  };
  return (
    <p class={css['note']} role="status">
      <Icon name="no_data" />
      {silenceText(silence, say(SILENCE_WORDS), told.value)}
    </p>
  );
}
