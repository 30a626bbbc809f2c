import { shown } from '../yaml/shown';
import type { Field } from './foreign-field';
import { labelsOf } from './foreign-names';
import { asRead } from './foreign-reading';
import { readOpenSloSlo } from './openslo-slo';
import type { ReadOptions } from './read-options';
import type { ReadDefinitions } from './reading';

const KINDS = [
  'SLO',
  'SLI',
  'Service',
  'DataSource',
  'AlertPolicy',
  'AlertCondition',
  'AlertNotificationTarget',
] as const;

/** Reads a document of OpenSLO v1, v1alpha or v2alpha. Only SLOs define anything by themselves. */
export function readOpenSlo(root: Field, options: ReadOptions): ReadDefinitions {
  root.at('apiVersion').take();
  const kind = root.at('kind').oneOf(...KINDS);
  if (kind === null) {
    root.at('kind').required(KINDS.join(', '));
    return asRead(root, [], true);
  }
  if (kind === 'SLO') return readOpenSloSlo(root, options);
  const name = root.at('metadata').mapping().at('name').required('the name others refer to') ?? '';
  if (kind === 'SLI') return readSli(root, name, options);
  if (kind === 'Service') readService(root, name, options);
  else if (kind === 'DataSource') readDataSource(root);
  else dropAlerts(root, kind, name);
  return asRead(root, [], false);
}

/** Read by the SLOs that refer to it, complaints and all. */
function readSli(root: Field, name: string, { shelf }: ReadOptions): ReadDefinitions {
  root.take();
  if (!shelf.wants('SLI', name)) {
    root.warning(`not carried over: no SLO of these files refers to the SLI ${shown(name)}`);
  }
  return asRead(root, [], false);
}

/** Its labels and description are given to its SLOs. */
function readService(root: Field, name: string, { shelf }: ReadOptions): void {
  if (!shelf.wants('Service', name)) {
    root.take();
    root.warning(`not carried over: no SLO of these files belongs to the Service ${shown(name)}`);
    return;
  }
  labelsOf(root.at('metadata').at('labels'));
  root.at('spec').mapping().at('description').text();
}

function readDataSource(root: Field): void {
  const spec = root.at('spec').mapping();
  spec.at('type').take();
  spec.at('connectionDetails').drop('data sources, and their secrets, stand in slowburn.yaml');
}

/** One lookback and one threshold of burn cannot say a multi-window alert. */
function dropAlerts(root: Field, kind: string, name: string): void {
  const keys = root.at('spec').mapping().keys().join(', ');
  root.take();
  root.warning(
    `not carried over: the ${kind} ${shown(name)} (${keys}); the default multi-window alerts are in force`,
  );
}
