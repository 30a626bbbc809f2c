import { parseWeight } from '../domain/composite';
import { InvalidValue } from '../domain/invalid-value';
import { type CompositePart, type CompositeSli, sloId } from '../domain/slo';
import { shown } from '../yaml/shown';
import type { Findings } from './findings';
import type { NativeComposite, NativePart, NativeSlo } from './native-document';
import { DEFAULT_SLICE, parseSlice } from './native-sli';

/** What history is kept by: shorter slices could not be told apart after some days. */
const GRID_SECONDS = 300;

/** What says how a source is counted: a composite has none. */
const OF_A_SOURCE = [
  'sli',
  'groupBy',
  'budgeting',
  'slice',
  'sliceObjective',
  'datasource',
  'counting',
] as const;

const ALLOWED_INSTEAD: Readonly<Record<string, string>> = {
  sli: 'one of them',
  slice: 'dependsOn.slice',
};

/** The SLOs that an SLO is made of, or null when something about them is wrong. */
export function readComposite(
  service: string,
  slo: NativeSlo,
  findings: Findings,
): CompositeSli | null {
  const before = findings.problems.length;
  for (const key of OF_A_SOURCE.filter((each) => slo[each] !== undefined)) {
    const allowed = ALLOWED_INSTEAD[key] ?? 'only at its parts';
    findings.error([key], `${key} stands beside dependsOn, allowed: ${allowed}`);
  }
  if (slo.dependsOn === undefined || !findings.sound('dependsOn')) return null;
  const { method, slice = DEFAULT_SLICE, of } = slo.dependsOn;
  const sliceSeconds = findings.attempt(['dependsOn', 'slice'], () => parseLongSlice(slice));
  const parts = of.map((part, k) => readPart(service, method, part, k, findings));
  refuseOddParts(sloId({ service, name: slo.name }), parts, findings);
  if (sliceSeconds === null || findings.problems.length > before) return null;
  return { kind: 'composite', method, sliceSeconds, parts };
}

function parseLongSlice(text: string): number {
  const seconds = parseSlice(text);
  if (seconds % GRID_SECONDS === 0) return seconds;
  const allowed = 'a multiple of five minutes that divides a day, such as 5m, 10m or 1h';
  throw new InvalidValue('slice', text, allowed);
}

function readPart(
  service: string,
  method: NativeComposite['method'],
  { slo, weight, labels }: NativePart,
  index: number,
  findings: Findings,
): CompositePart {
  const at = ['dependsOn', 'of', index, 'weight'];
  const text = weight === undefined ? '1' : findings.written(at).trim();
  if (weight !== undefined && method !== 'weighted') {
    findings.error(at, `weight is ${shown(weight)}, allowed: only beside method: weighted`);
  } else {
    findings.attempt(at, () => parseWeight(text));
  }
  const [first = '', second] = slo.split('/');
  const name = second === undefined ? { service, name: first } : { service: first, name: second };
  return { ...name, group: labels ?? null, weight: text };
}

function refuseOddParts(own: string, parts: readonly CompositePart[], findings: Findings): void {
  const seen = new Map<string, number>();
  parts.forEach((part, k) => {
    const at = ['dependsOn', 'of', k, 'slo'];
    const id = sloId(part);
    if (id === own) findings.error(at, `slo is ${shown(id)}, itself, allowed: another SLO`);
    const key = JSON.stringify([id, Object.entries(part.group ?? {}).sort()]);
    const earlier = seen.get(key);
    if (earlier === undefined) seen.set(key, k);
    else {
      findings.error(at, `slo is ${shown(id)}, as entry ${earlier + 1} is, allowed: each once`);
    }
  });
}
