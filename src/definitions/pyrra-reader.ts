import type { Field } from './foreign-field';
import { labelsOf, nameOf } from './foreign-names';
import { percentObjective } from './foreign-objective';
import { asRead } from './foreign-reading';
import { foreignSlo } from './foreign-slo';
import { readRolling } from './foreign-window';
import { PYRRA_PREFIX, readPyrraAlerting } from './pyrra-alerting';
import { readPyrraIndicator } from './pyrra-indicator';
import type { ReadOptions } from './read-options';
import type { ReadDefinitions } from './reading';

const RULE_OPTIONS: readonly (readonly [string, string])[] = [
  ['partial_response_strategy', 'it is an option of rule engines'],
  ['performanceOverAccuracy', 'it is an option of recording rules, of which there are none'],
  ['ruleOutput', 'it is about recording rules, of which there are none'],
];

/** Reads a ServiceLevelObjective of Pyrra. */
export function readPyrra(root: Field, options: ReadOptions): ReadDefinitions {
  root.at('apiVersion').take();
  if (root.at('kind').oneOf('ServiceLevelObjective') === null && root.at('kind').present) {
    return asRead(root, [], true);
  }
  root.at('status').drop('it is what Pyrra reports');
  const metadata = root.at('metadata').mapping();
  const spec = root.at('spec').mapping();
  for (const [key, reason] of RULE_OPTIONS) spec.at(key).drop(reason);
  const name = nameOf(metadata.at('name'), 'the name of the SLO');
  const service = readService(metadata);
  const { service: _, ...labels } = labelsOf(metadata.at('labels'), PYRRA_PREFIX);
  const slo = foreignSlo(
    {
      service,
      name,
      description: spec.at('description').text(),
      labels,
      objective: percentObjective(spec.at('target'), 'Pyrra'),
      objectiveAt: spec.at('target'),
      window: readWindow(spec.at('window')),
      sli: readPyrraIndicator(spec.at('indicator').mapping()),
      budgeting: { kind: 'occurrences' },
      datasource: null,
      alerting: readPyrraAlerting(spec.at('alerting').mapping(), metadata, labels),
    },
    root,
    options,
  );
  return asRead(
    root,
    [{ at: root, service, name, slo: root.notes.errors > 0 ? null : slo }],
    false,
  );
}

function readWindow(field: Field) {
  const text = field.required('a Prometheus duration such as 4w');
  return text === null ? null : readRolling(field, text);
}

/** Pyrra knows no services: a label for it, or the namespace, has to do. */
function readService(metadata: Field): string | null {
  const labelled = metadata.at('labels').mapping().at(`${PYRRA_PREFIX}service`);
  const namespace = metadata.at('namespace');
  if (labelled.present) return nameOf(labelled, 'a service');
  if (namespace.present) {
    const service = nameOf(namespace, 'a namespace');
    namespace.warning(
      `Pyrra has no services, so the namespace is taken for one; the label ${PYRRA_PREFIX}service names another`,
    );
    return service;
  }
  metadata.warning(
    `Pyrra has no services and there is no namespace, so the service is called default; the label ${PYRRA_PREFIX}service names another`,
  );
  return 'default';
}
