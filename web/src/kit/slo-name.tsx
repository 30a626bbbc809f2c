import type { SloRow } from '../../../src/slos/view-types';
import css from './slo-name.module.css';

/** The labels of a group behind the name of its SLO; nothing for an SLO without groups. */
export function GroupLabels({ group }: { readonly group: SloRow['group'] }) {
  if (group === null) return null;
  return (
    <span class={css['labels']}>
      {Object.entries(group)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([label, value]) => (
          <span key={label} class={css['label']}>
            {label}=<bdi>{value}</bdi>
          </span>
        ))}
    </span>
  );
}
