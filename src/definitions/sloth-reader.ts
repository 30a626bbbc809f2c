import type { Field } from './foreign-field';
import { labelsOf, nameOf } from './foreign-names';
import { percentObjective } from './foreign-objective';
import { foreignSlo } from './foreign-slo';
import { windowOutside } from './foreign-window';
import type { ReadOptions } from './read-options';
import { asRead, type Candidate } from './foreign-reading';
import type { ReadDefinitions } from './reading';
import { readSlothAlerting } from './sloth-alerting';
import { readSlothSli } from './sloth-sli';

/**
 * Reads a Sloth file, or its Kubernetes resource. Both spellings of a key are taken in both: Sloth's
 * own examples mix them.
 */
export function readSloth(root: Field, options: ReadOptions): ReadDefinitions {
  const { notes } = root;
  const spec = specOf(root);
  if (notes.errors > 0) return asRead(root, [], true);
  const service = nameOf(spec.at('service'), 'the service these SLOs belong to');
  const labels = labelsOf(spec.at('labels'));
  spec.either('slo_plugins', 'sloPlugins').drop('Sloth plugins do not run here');
  const slos = spec.at('slos');
  const listed = slos.someItems('a list of SLOs');
  const obscured = notes.errors > 0;
  const window = windowOutside(
    slos,
    options.window,
    'the SLO window is not written in Sloth files but given to the process',
  );
  const candidates = listed.map((slo) => readSlothSlo(slo, { service, labels, window }, options));
  return asRead(root, candidates, obscured || window === null);
}

/** The part of a document that file and resource have in common. */
function specOf(root: Field): Field {
  if (root.at('version').present) {
    root.at('version').take();
    return root;
  }
  root.at('apiVersion').take();
  const kind = root.at('kind');
  if (kind.value === 'AlertWindows') {
    kind.error(
      'AlertWindows define no SLO, allowed: PrometheusServiceLevel; --window takes their sloPeriod',
    );
  } else {
    kind.oneOf('PrometheusServiceLevel', 'ManagedPrometheusServiceLevel');
  }
  return root.at('spec').mapping();
}

interface Common {
  readonly service: string | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly window: ReturnType<typeof windowOutside>;
}

function readSlothSlo(
  at: Field,
  { service, labels, window }: Common,
  options: ReadOptions,
): Candidate {
  const before = at.notes.errors;
  const name = nameOf(at.at('name'), 'its name, unique within the service');
  at.at('plugins').drop('Sloth plugins do not run here');
  const slo = foreignSlo(
    {
      service,
      name,
      description: at.at('description').text(),
      labels: { ...labels, ...labelsOf(at.at('labels')) },
      objective: percentObjective(at.at('objective'), 'Sloth'),
      objectiveAt: at.at('objective'),
      window,
      sli: readSlothSli(at.at('sli').mapping()),
      budgeting: { kind: 'occurrences' },
      datasource: null,
      alerting: readSlothAlerting(at.at('alerting').mapping()),
    },
    at,
    options,
  );
  return { at, service, name, slo: at.notes.errors > before ? null : slo };
}
