import { Document, Scalar, visit } from 'yaml';
import type { RuleGroup, Rules } from './rule';

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
    yield groupText(group);
  }
}

/** Prometheus reads no file with these, but as escapes. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const UNPRINTABLE = /[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g;

/** Where a text in lines begins like that, Prometheus takes the tab for indentation and refuses the file. */
const TAB_AT_LINE_START = /^\t/m;

function groupText(group: RuleGroup): string {
  const document = new Document([group], { aliasDuplicateObjects: false });
  visit(document, {
    Scalar: (_, scalar) => {
      const { value } = scalar;
      if (typeof value !== 'string') return;
      if (value.search(UNPRINTABLE) < 0 && !TAB_AT_LINE_START.test(value)) return;
      scalar.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return document.toString({ lineWidth: 0 }).replace(UNPRINTABLE, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
