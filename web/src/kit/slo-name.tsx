import { type Group, sortedLabels } from '../figures/group-text';
import { sloPath } from '../router/slo-path';
import css from './slo-name.module.css';

/** Leads to a page of an SLO or of its group, by its name with the labels behind it. */
export function SloLink({
  slo,
  group,
  page,
}: {
  readonly slo: string;
  readonly group: Group;
  readonly page?: 'slos' | 'what-if';
}) {
  return (
    <a href={sloPath(slo, group, page)} class={css['link']}>
      <bdi>{slo}</bdi>
      <GroupLabels group={group} />
    </a>
  );
}

/** The labels of a group behind the name of its SLO; nothing for an SLO without groups. */
export function GroupLabels({ group }: { readonly group: Group }) {
  if (group === null) return null;
  return (
    <span class={css['labels']}>
      {sortedLabels(group).map(([label, value]) => (
        <span key={label} class={css['label']} title={`${label}=${value}`}>
          <span class={css['key']}>
            <span class={css['keyText']}>{label}=</span>
          </span>
          <bdi class={css['value']}>{value}</bdi>
        </span>
      ))}
    </span>
  );
}
