import type { Field } from './foreign-field';
import { shown } from '../yaml/shown';

const DNS_LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const LABEL_NAME = /^(?!__)[a-zA-Z_][a-zA-Z0-9_]*$/;
const ALLOWED_NAME =
  "up to 63 lower-case letters, digits and '-', beginning and ending with a letter or digit";

/** The name of a service or SLO; one that is not a DNS label is made one, and that is said. */
export function nameOf(field: Field, meaning: string): string | null {
  const text = field.required(meaning);
  if (text === null || DNS_LABEL.test(text)) return text;
  const name = slug(text);
  if (name === null) {
    field.error(`${field.key} is ${shown(text)}, allowed: ${ALLOWED_NAME}`);
    return null;
  }
  field.warning(`${field.key} is ${shown(text)}, carried over as ${shown(name)}`);
  return name;
}

/** A text as a DNS label, or null when nothing or too much is left of it. */
export function slug(text: string): string | null {
  const name = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return DNS_LABEL.test(name) ? name : null;
}

/**
 * Labels with texts as values. OpenSLO allows lists, Kubernetes dots and slashes in names: what
 * Prometheus does not allow is rewritten, and that is said.
 *
 * @param prefix only labels that bear it are read, and named without it
 */
export function labelsOf(field: Field, prefix = ''): Record<string, string> {
  const keys = field.mapping().keys();
  return textsOf(
    field,
    keys.filter((key) => key.startsWith(prefix)),
    prefix,
  );
}

/** The same of some keys: labels, or annotations, which bear names of the same kind. */
export function textsOf(
  field: Field,
  keys: readonly string[],
  prefix = '',
): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const key of keys) {
    const value = labelValue(field.at(key));
    const bare = key.slice(prefix.length);
    const name = labelName(bare);
    if (value === null) continue;
    if (name === null) {
      field.at(key).error(`the name ${shown(key)} is wrong, allowed: a Prometheus label name`);
      continue;
    }
    if (name !== bare) field.at(key).warning(`carried over as ${shown(name)}`);
    labels[name] = value;
  }
  return labels;
}

function labelName(key: string): string | null {
  const name = key.replace(/[^a-zA-Z0-9_]/g, '_').replace(/^(?=\d)/, '_');
  return LABEL_NAME.test(name) ? name : null;
}

function labelValue(field: Field): string | null {
  if (!Array.isArray(field.value)) return field.present ? field.text() : '';
  const values = field.items().map((item) => item.text());
  if (values.some((value) => value === null)) return null;
  const text = values.join(',');
  if (values.length !== 1) field.warning(`carried over as one text, ${shown(text)}`);
  return text;
}

/** Labels that say who owns an SLO, where a language has no field for it. */
export function teamOf(labels: Readonly<Record<string, string>>): string | null {
  return (
    [labels['team'], labels['owner']].find((team) => team !== undefined && team !== '') ?? null
  );
}

const RUNBOOK_KEYS = ['runbook_url', 'runbook', 'runbookUrl', 'runbookURL'] as const;

/** The runbook among annotations; the other annotations stay unread. */
export function runbookAmong(annotations: Field, prefix = ''): Field | null {
  const key = RUNBOOK_KEYS.find((each) => annotations.keys().includes(prefix + each));
  return key === undefined ? null : annotations.at(prefix + key);
}
