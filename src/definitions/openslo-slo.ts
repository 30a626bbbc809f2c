import type { Alerting, Slo } from '../domain/slo';
import type { SloWindow } from '../domain/slo-window';
import { Field } from './foreign-field';
import { labelsOf, nameOf, slug } from './foreign-names';
import { percentObjective, ratioObjective } from './foreign-objective';
import { asRead, type Candidate } from './foreign-reading';
import { foreignSlo } from './foreign-slo';
import { type Method, readMethod, readSlices } from './openslo-budgeting';
import { hasIndicator, readOpenSloIndicator } from './openslo-indicator';
import type { OpenSloShelf } from './openslo-shelf';
import { readOpenSloWindow } from './openslo-window';
import type { ReadOptions } from './read-options';
import type { ReadDefinitions } from './reading';

const DEFAULT_ALERTING: Alerting = {
  runbook: null,
  labels: {},
  tiers: (['page', 'ticket'] as const).map((kind) => ({ kind, severity: kind, disabled: false })),
};

/** What all objectives of an SLO document share. */
interface Common {
  readonly service: string | null;
  readonly name: string | null;
  readonly description: string | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly window: SloWindow | null;
  readonly method: Method | null;
}

/** Reads an SLO document: each of its objectives becomes an SLO. */
export function readOpenSloSlo(root: Field, options: ReadOptions): ReadDefinitions {
  const metadata = root.at('metadata').mapping();
  const spec = root.at('spec').mapping();
  const service = spec.either('service', 'serviceRef');
  const serviceDocument = serviceOf(service, options.shelf);
  spec
    .at('alertPolicies')
    .drop('the default multi-window alerts are in force; severities stand under alerting');
  const common: Common = {
    service: nameOf(service, 'the service the SLO belongs to'),
    name: nameOf(metadata.at('name'), 'its name, unique within the service'),
    description: describe(spec, metadata, serviceDocument),
    labels: {
      ...(serviceDocument === null ? {} : labelsOf(serviceDocument.at('metadata').at('labels'))),
      ...labelsOf(metadata.at('labels')),
    },
    window: readOpenSloWindow(spec, options),
    method: readMethod(spec),
  };
  const objectives = spec.at('objectives').someItems('one objective or more');
  const suffixes = suffixesOf(objectives);
  const candidates = objectives.map((objective, index) =>
    readObjective(spec, objective, common, suffixes[index] ?? '', options),
  );
  const good = root.notes.errors === 0;
  const read = asRead(
    root,
    good ? candidates : candidates.map((candidate) => ({ ...candidate, slo: null })),
    objectives.length === 0,
  );
  if (good) warnOfReferred(root, spec, objectives, options.shelf);
  return { ...read, problems: root.notes.problems };
}

function readObjective(
  spec: Field,
  objective: Field,
  { service, name, description, labels, window, method }: Common,
  suffix: string,
  options: ReadOptions,
): Candidate {
  const own = hasIndicator(objective);
  const threshold = isThreshold(own ? objective : spec, options.shelf);
  objective
    .at('compositeWeight')
    .drop(
      'the parts become SLOs of their own, of which no composite is made: dependsOn makes one, with an objective',
    );
  const slices = method === null ? null : readSlices(method, objective, threshold);
  const indicator = readOpenSloIndicator(
    spec,
    objective,
    options.shelf,
    slices?.thresholdSlice ?? 0,
  );
  const full = name === null ? null : suffixed(name, suffix, objective);
  const slo: Slo | null = foreignSlo(
    {
      service,
      name: full,
      description,
      labels,
      objective: readTarget(objective),
      objectiveAt: objective.either('target', 'targetPercent'),
      window,
      sli: indicator?.sli ?? null,
      budgeting: slices?.budgeting ?? null,
      datasource: indicator?.datasource ?? null,
      alerting: DEFAULT_ALERTING,
    },
    objective,
    options,
  );
  return { at: objective, service, name: full, slo };
}

function readTarget(objective: Field) {
  const percent = objective.at('targetPercent');
  if (!percent.present) return ratioObjective(objective.at('target'), 'targetPercent');
  if (objective.at('target').present) {
    percent.error('targetPercent stands beside target, allowed: one of them');
    return null;
  }
  return percentObjective(percent, 'OpenSLO');
}

/** A suffix for each of several objectives: its display name where all have one of their own, else its number. */
function suffixesOf(objectives: readonly Field[]): readonly string[] {
  if (objectives.length < 2) return [''];
  const names = objectives.map((objective) => slug(String(objective.at('displayName').value)));
  const displayed = objectives.every((objective) => objective.at('displayName').present);
  if (!displayed || names.includes(null) || new Set(names).size < names.length) {
    return objectives.map((_, index) => `-${index + 1}`);
  }
  for (const objective of objectives) objective.at('displayName').take();
  return names.map((name) => `-${String(name)}`);
}

function suffixed(name: string, suffix: string, objective: Field): string | null {
  const full = `${name}${suffix}`;
  if (full.length <= 63) return full;
  objective.error(`the name of this objective is "${full}", allowed: up to 63 characters`);
  return null;
}

function isThreshold(holder: Field, shelf: OpenSloShelf): boolean {
  const inline = holder.either('indicator', 'sli');
  const reference = holder.either('indicatorRef', 'sliRef').text();
  const shelved = reference === null ? null : shelf.find('SLI', reference);
  const indicator =
    shelved === null ? inline : new Field(shelved.document, shelved.path, holder.notes);
  return [indicator, indicator.at('spec')].some((field) =>
    field.keys().includes('thresholdMetric'),
  );
}

function serviceOf(service: Field, shelf: OpenSloShelf): Field | null {
  const name = service.text();
  const shelved = name === null ? null : shelf.find('Service', name);
  return shelved === null ? null : new Field(shelved.document, shelved.path, service.notes);
}

/** The SLO's own description, else its display name, else what its service says of itself. */
function describe(spec: Field, metadata: Field, service: Field | null): string | null {
  const own = spec.at('description').text() ?? '';
  const displayed = metadata.at('displayName');
  const shared = service?.at('spec').at('description');
  if (own !== '') displayed.drop('the description stands for it');
  const description = own === '' ? displayed.text() : own;
  if (description === null || description === '') return shared?.text() ?? null;
  shared?.drop('SLOs with a description of their own do not take that of their service');
  return description;
}

/** What was not read of the SLI documents that this SLO refers to. */
function warnOfReferred(
  root: Field,
  spec: Field,
  objectives: readonly Field[],
  shelf: OpenSloShelf,
): void {
  for (const holder of [spec, ...objectives]) {
    const name = holder.either('indicatorRef', 'sliRef').text();
    const shelved = name === null ? null : shelf.find('SLI', name);
    if (shelved === null) continue;
    const sli = new Field(shelved.document, shelved.path, root.notes);
    for (const key of ['apiVersion', 'kind']) sli.at(key).take();
    sli.at('metadata').at('name').take();
    sli.warnOfTheRest();
  }
}
