const LEGAL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/**
 * Labels or annotations as every Alertmanager takes them: up to 0.27 a single name with a dot has
 * the whole alert refused. Other characters become `_`; where that name is taken, one more is added.
 */
export function legalLabels(
  labels: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const names = Object.keys(labels);
  const legal: Record<string, string> = {};
  for (const name of names) if (LEGAL.test(name)) legal[name] = labels[name] ?? '';
  // In an order of their own: the same labels make the same alert, on every replica.
  for (const name of names.filter((each) => !LEGAL.test(each)).sort()) {
    let made = name.replace(/[^a-zA-Z0-9_]/g, '_').replace(/^(?![a-zA-Z_])/, '_');
    while (made in legal) made += '_';
    legal[made] = labels[name] ?? '';
  }
  return legal;
}
