import type { SloView } from '../../../../src/slos/view-types';
import { groupText, isSameGroup } from '../../figures/group-text';
import { told } from '../../figures/told';
import { goToQuery } from '../../router/place';
import { COMMON } from '../../words/common';
import { say } from '../../words/say';
import type { Asking } from './address';
import css from './head.module.css';
import { WORDS } from './words';

interface Props {
  readonly view: SloView;
  readonly group: Asking['group'];
}

const ALL = 'all';

/** All groups together, or one of them; nothing for an SLO without groups. */
export function GroupChoice({ view: { definition, figures }, group }: Props) {
  const words = say(WORDS);
  const { statuses } = say(COMMON);
  if (definition.groupBy.length === 0) return null;
  const chosen = group === null ? -1 : figures.findIndex((row) => isSameGroup(row.group, group));
  return (
    <label class={css['tool']}>
      {words.groups}
      <select
        class={css['select']}
        value={chosen < 0 ? ALL : String(chosen)}
        onChange={({ currentTarget }) => {
          choose(definition.groupBy, figures[Number(currentTarget.value)]?.group ?? null);
        }}
      >
        <option value={ALL}>{words.allGroups(figures.length)}</option>
        {figures.map((row, k) => (
          <option key={JSON.stringify(row.group)} value={String(k)}>
            {`${groupText(row.group)} · ${told.value.remaining(row.budget.remainingRatio)} · ${statuses[row.status]}`}
          </option>
        ))}
      </select>
    </label>
  );
}

function choose(labels: readonly string[], group: Asking['group']): void {
  goToQuery(Object.fromEntries(labels.map((name) => [`label.${name}`, group?.[name] ?? null])));
}
