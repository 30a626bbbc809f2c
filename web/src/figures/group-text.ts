/** The labels that a group has, or null for an SLO without groups and for all of them together. */
export type Group = Readonly<Record<string, string>> | null;

/** `endpoint=/cart, zone=b`, in the order of its names. */
export function groupText(group: Group): string {
  return sortedLabels(group)
    .map((label) => label.join('='))
    .join(', ');
}

/** An SLO with the labels of its group behind it, as a title. */
export function nameOf(slo: string, group: Group): string {
  return group === null ? slo : `${slo} ${groupText(group)}`;
}

/** The same for the same group, whatever the order of its labels; tells groups of an SLO apart. */
export function groupKey(group: Group): string {
  return group === null ? '' : JSON.stringify(sortedLabels(group));
}

export function isSameGroup(a: Group, b: Group): boolean {
  return groupKey(a) === groupKey(b);
}

export function sortedLabels(group: Group): readonly (readonly [string, string])[] {
  return Object.entries(group ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
}
