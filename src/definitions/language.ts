import type { Path } from '../yaml/problem';
import { shown } from '../yaml/shown';
import { didYouMean } from '../yaml/suggestion';

/** The definition languages, as `slowburn import --from` calls them. */
export type Language = 'native' | 'openslo' | 'sloth' | 'pyrra';

const VERSIONS: readonly (readonly [key: string, version: string, language: Language])[] = [
  ['apiVersion', 'slowburn/v1', 'native'],
  ['apiVersion', 'openslo/v1', 'openslo'],
  ['apiVersion', 'openslo/v1alpha', 'openslo'],
  ['apiVersion', 'openslo.com/v2alpha', 'openslo'],
  ['version', 'prometheus/v1', 'sloth'],
  ['apiVersion', 'sloth.slok.dev/v1', 'sloth'],
  ['apiVersion', 'pyrra.dev/v1alpha1', 'pyrra'],
];

/** `apiVersion: slowburn/v1, …`: what a document may begin with. */
export function versionsOf(only: Language | null): string {
  return VERSIONS.filter(([, , language]) => only === null || language === only)
    .map(([key, version]) => (key === 'apiVersion' ? version : `${key}: ${version}`))
    .join(', ');
}

/** Why a document begins with none of these versions. */
export function versionComplaint(
  key: string,
  value: unknown,
  document: unknown,
  only: Language | null,
): string {
  const allowed = `allowed: ${versionsOf(only)}`;
  if (isRules(document)) {
    return `a file of Prometheus rules defines no SLO, allowed: the definitions that the rules were made from (${versionsOf(only)})`;
  }
  if (value === undefined) return `apiVersion is missing, ${allowed}`;
  const versions = VERSIONS.filter(([written]) => written === key).map(([, version]) => version);
  const meant = typeof value === 'string' ? nearVersion(value, versions) : '';
  return `${key} is ${shown(value)}${meant}, ${allowed}`;
}

/** Not for the version of one language that is taken for another's, as with `--from`. */
function nearVersion(value: string, versions: readonly string[]): string {
  return versions.includes(value) ? '' : didYouMean(value, versions);
}

function isRules(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { apiVersion, kind, groups } = value as Readonly<Record<string, unknown>>;
  return kind === 'PrometheusRule' || (apiVersion === undefined && Array.isArray(groups));
}

/** A document's language, told by its own version key; null for none that is known. */
export function languageOf(value: unknown): Language | null {
  if (typeof value !== 'object' || value === null) return null;
  const document = value as Readonly<Record<string, unknown>>;
  return VERSIONS.find(([key, version]) => document[key] === version)?.[2] ?? null;
}

/**
 * Where the definitions of a document stand: it is one itself, or holds a list of them as OpenSLO's
 * examples do, or is the List that `kubectl get -o yaml` writes.
 */
export function definitionPaths(value: unknown): readonly Path[] {
  if (Array.isArray(value)) return value.map((_, index) => [index]);
  if (typeof value !== 'object' || value === null) return [[]];
  const { apiVersion, kind, items } = value as Readonly<Record<string, unknown>>;
  const isList = apiVersion === 'v1' && kind === 'List' && Array.isArray(items);
  return isList ? items.map((_, index) => ['items', index]) : [[]];
}
