import { Document } from 'yaml';
import type { Rules } from './rule';

/** Written first, so that files of ours are told from others. */
export const WRITTEN_BY = 'Written by slowburn rules';

/**
 * A rule file as Prometheus reads it, with remarks for whoever does; in pieces, since a thousand SLOs
 * make megabytes of it.
 */
export function* rulesYaml({ flavour, groups, remarks, notes }: Rules): Generator<string> {
  const head = [
    `${WRITTEN_BY} --flavour ${flavour}: changes are lost when it is written again.`,
    ...remarks,
    ...notes.map(({ slo, text }) => `${slo}: ${text}`),
  ];
  yield head.map((line) => `# ${line}\n`).join('');
  yield groups.length === 0 ? 'groups: []\n' : 'groups:\n';
  for (const group of groups) {
    yield new Document([group], { aliasDuplicateObjects: false }).toString({ lineWidth: 0 });
  }
}
