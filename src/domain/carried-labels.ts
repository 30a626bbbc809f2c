import type { Group, Slo } from './slo';

/**
 * Labels that are ours, and those of opt-in names whether they are on or not: a group's label of the
 * same name is exported as `group_<name>`.
 */
const RESERVED_LABELS: readonly string[] = [
  'service',
  'slo',
  'window',
  'severity',
  'long',
  'short',
  'description',
  'team',
  'objective',
  'sloth_id',
  'sloth_service',
  'sloth_slo',
  'sloth_window',
  'sloth_severity',
  'sloth_version',
  'sloth_mode',
  'sloth_spec',
  'sloth_objective',
];

/**
 * Labels that a row has beside those that name its SLO: the group's, and of the SLO's own those that
 * are allowed. Labels that keep their own name come first, so that the others step aside for them.
 */
export function carriedLabels(
  slo: Slo,
  group: Group,
  allowed: readonly string[],
): Readonly<Record<string, string>> {
  const labels = new Map<string, string>();
  const grouped = Object.entries(group ?? {}).sort(([a], [b]) => reserved(a) - reserved(b));
  for (const [name, value] of grouped) labels.set(freeName(name, 'group_', labels), value);
  const own = Object.entries(slo.labels).filter(([name]) => allowed.includes(name));
  for (const [name, value] of own) labels.set(freeName(name, 'label_', labels), value);
  return Object.fromEntries(labels);
}

function reserved(name: string): number {
  return RESERVED_LABELS.includes(name) ? 1 : 0;
}

function freeName(name: string, prefix: string, taken: ReadonlyMap<string, string>): string {
  let free = name;
  while (RESERVED_LABELS.includes(free) || taken.has(free)) free = prefix + free;
  return free;
}
