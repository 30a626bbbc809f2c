/** The page of an SLO, or of one of its groups; alerts link to the same. */
export function sloPath(slo: string, group: Readonly<Record<string, string>> | null): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(group ?? {})) query.set(`label.${name}`, value);
  return `/slos/${slo}${query.size === 0 ? '' : `?${query.toString()}`}`;
}

/** The group that an address names, or null where it names none. */
export function groupOf(query: URLSearchParams): Readonly<Record<string, string>> | null {
  const labels = [...query]
    .filter(([name]) => name.startsWith('label.'))
    .map(([name, value]) => [name.slice('label.'.length), value] as const);
  return labels.length === 0 ? null : Object.fromEntries(labels);
}
