import { dirname, resolve } from 'node:path';
import { DAY_SECONDS, parseSeconds } from '../domain/duration';
import type { Problem } from '../yaml/problem';
import { readYaml } from '../yaml/read-yaml';
import { compileSchema } from '../yaml/schema-check';
import { shown } from '../yaml/shown';
import type { YamlDocument } from '../yaml/yaml-document';
import type {
  AlertmanagerConfig,
  Config,
  DatasourceConfig,
  ReportsConfig,
  WebhookConfig,
} from './config';
import schema from './config-schema.json';
import { readDatasource, type WrittenDatasource } from './datasource';
import type { Complain } from './endpoint';
import {
  readAlertmanager,
  readWebhook,
  type WrittenAlertmanager,
  type WrittenWebhook,
} from './receivers';
import { DEFAULT_REPORTS, readDelivery, readReports, type WrittenReports } from './reports';

/** What slowburn.yaml says, checked. */
export interface FileSettings {
  readonly datasources: readonly DatasourceConfig[];
  readonly alertmanagers: readonly AlertmanagerConfig[];
  readonly webhooks: readonly WebhookConfig[];
  readonly reports: ReportsConfig;
  readonly metricLabels: readonly string[];
  readonly metricCompatibility: Config['metricCompatibility'];
  readonly historyRetentionSeconds: number;
}

interface WrittenConfig {
  readonly datasources?: readonly WrittenDatasource[];
  readonly alertmanagers?: readonly WrittenAlertmanager[];
  readonly webhooks?: readonly WrittenWebhook[];
  readonly metrics?: {
    readonly labels?: readonly string[];
    readonly compatibility?: Config['metricCompatibility'];
  };
  readonly retention?: { readonly history?: string };
  readonly reports?: WrittenReports;
}

const DEFAULT_HISTORY = '400d';
const SHORTEST_HISTORY_SECONDS = 35 * DAY_SECONDS;
const check = compileSchema(schema);

export const NO_FILE: FileSettings = {
  datasources: [],
  alertmanagers: [],
  webhooks: [],
  reports: DEFAULT_REPORTS,
  metricLabels: [],
  metricCompatibility: [],
  historyRetentionSeconds: parseSeconds(DEFAULT_HISTORY),
};

/**
 * Reads slowburn.yaml. Relative paths in it start where the file is.
 *
 * @returns the settings where there are no errors among the problems
 */
export function readConfigFile(
  text: string,
  file: string,
): { readonly settings: FileSettings; readonly problems: readonly Problem[] } {
  const { documents, problems } = readYaml(text, file);
  const [document, second] = documents;
  if (document === undefined || problems.length > 0) return { settings: NO_FILE, problems };
  if (second !== undefined) {
    const message = 'the file holds a second document, allowed: one';
    return { settings: NO_FILE, problems: [second.error([], message)] };
  }
  const malformed = check(document);
  if (malformed.length > 0) return { settings: NO_FILE, problems: malformed };
  return readSettings(document.value as WrittenConfig, document);
}

function readSettings(
  written: WrittenConfig,
  document: YamlDocument,
): { readonly settings: FileSettings; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const directory = resolve(dirname(document.file));
  /** The entries of a list, whose names tell them apart. */
  const named = <W extends object, R extends { readonly name: string }>(
    key: string | readonly string[],
    list: readonly W[],
    read: (written: W, directory: string, complain: Complain) => R,
  ): readonly R[] => {
    const place = [key].flat();
    const entries = list.map((entry, index) =>
      read(entry, directory, (path, severity, message) => {
        problems.push(document[severity]([...place, index, ...path], message));
      }),
    );
    for (const [index, { name }] of entries.entries()) {
      const first = entries.findIndex((other) => other.name === name);
      if (first === index) continue;
      const message = `name is ${shown(name)} as in ${place.join('.')}[${first}], allowed: each name once`;
      const named = 'name' in (list[index] ?? {}) ? 'name' : 'url';
      problems.push(document.error([...place, index, named], message));
    }
    return entries;
  };
  const datasources = named('datasources', written.datasources ?? [], readDatasource);
  const alertmanagers = named('alertmanagers', written.alertmanagers ?? [], readAlertmanager);
  const webhooks = named('webhooks', written.webhooks ?? [], readWebhook);
  const deliveries = named(
    ['reports', 'deliveries'],
    written.reports?.deliveries ?? [],
    readDelivery,
  );
  const reports = readReports(written.reports ?? {}, deliveries, (path, severity, message) => {
    problems.push(document[severity](['reports', ...path], message));
  });
  const history = written.retention?.history ?? DEFAULT_HISTORY;
  const historyRetentionSeconds = parseSeconds(history);
  if (historyRetentionSeconds < SHORTEST_HISTORY_SECONDS) {
    const message = `history is ${shown(history)}, allowed: 35d or longer, so that a monthly window fits`;
    problems.push(document.error(['retention', 'history'], message));
  }
  return {
    settings: {
      datasources,
      alertmanagers,
      webhooks,
      reports,
      metricLabels: written.metrics?.labels ?? [],
      metricCompatibility: written.metrics?.compatibility ?? [],
      historyRetentionSeconds,
    },
    problems,
  };
}
