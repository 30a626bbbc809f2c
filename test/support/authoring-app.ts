import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { DefinitionsController } from '../../src/authoring/definitions.controller';
import type { AtSources } from '../../src/authoring/edit-definitions';
import { authoringProviders } from '../../src/authoring/providers';
import { authoringProblem } from '../../src/authoring/refusals';
import { ComposedRegistry } from '../../src/definitions/composed-registry';
import { FileRegistry } from '../../src/definitions/file-registry';
import { StoredPast } from '../../src/definitions/stored-past';
import { dataSource } from '../../src/postgres/data-source';
import { PostgresDefinitionStore } from '../../src/postgres/postgres-definition-store';
import { startHttpApp } from './http-app';
import { MemoryLedger } from './memory-ledger';

const DATASOURCES = ['default'];
export const DEFINITIONS = '/api/v1/definitions';

export const NOW = Date.UTC(2026, 10, 20) / 1000;
export const SHOP_SLI = {
  ratio: {
    total: 'http_requests_total{job="shop"}',
    bad: 'http_requests_total{job="shop",code=~"5.."}',
  },
};
/** One SLO without a document around it. */
export const LONE = { objective: '99.9%', sli: SHOP_SLI };
/** A document of the service `shop` with these SLOs. */
export const shopFile = (...names: readonly string[]) =>
  [
    'apiVersion: slowburn/v1',
    'service: shop',
    'slos:',
    ...names.flatMap((name) => [
      `  - name: ${name}`,
      '    objective: 99.9%',
      '    sli: { ratio: { total: a_total, bad: b_total } }',
    ]),
  ].join('\n');

/** The definitions' routes of one replica, over a real database and a directory of files. */
export interface AuthoringApp {
  readonly registry: ComposedRegistry;
  readonly ledger: MemoryLedger;
  readonly tables: DataSource;
  readonly sloDir: string;
  readonly url: string;
  /** Writes a file and reads the directory again. */
  file(name: string, text: string): Promise<void>;
  ask(
    method: string,
    path: string,
    body?: string | object,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer>;
  close(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly etag: string | null;
  readonly text: string;
  readonly json: Readonly<Record<string, unknown>>;
}

/**
 * @param now epoch seconds that changes are recorded with
 * @param atSources what the data sources say; nothing, unless told
 */
export async function startAuthoringApp(
  databaseUrl: string,
  now: () => number,
  atSources: AtSources = () => Promise.resolve([]),
): Promise<AuthoringApp> {
  const sloDir = await mkdtemp(join(tmpdir(), 'slowburn-authoring-'));
  const tables = await dataSource(databaseUrl).initialize();
  const files = new FileRegistry({ directory: sloDir, datasources: DATASOURCES });
  await files.start();
  const store = new PostgresDefinitionStore(tables, now);
  const registry = new ComposedRegistry(files, store, { datasources: DATASOURCES });
  const past = new StoredPast(store);
  const ledger = new MemoryLedger();
  @Module({
    controllers: [DefinitionsController],
    providers: [
      ...authoringProviders({ registry, store, past, ledger, datasources: DATASOURCES, atSources }),
    ],
  })
  class Definitions {}
  const app = await startHttpApp(Definitions, { problems: [authoringProblem] });
  return {
    registry,
    ledger,
    tables,
    sloDir,
    url: app.url,
    file: async (name, text) => {
      await writeFile(join(sloDir, name), text);
      await files.reload();
    },
    ask: (method, path, body, headers = {}) =>
      ask(app.url + DEFINITIONS + path, method, body, headers),
    close: async () => {
      await app.close();
      await registry.stop();
      await files.stop();
      await tables.destroy();
      await rm(sloDir, { recursive: true, force: true });
    },
  };
}

/** Text is sent as YAML, anything else as JSON, unless a content type is given. */
async function ask(
  url: string,
  method: string,
  body: string | object | undefined,
  headers: Readonly<Record<string, string>>,
): Promise<Answer> {
  const type = typeof body === 'string' ? 'application/yaml' : 'application/json';
  const answer = await fetch(url, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': type }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.includes('json') === true;
  return {
    status: answer.status,
    etag: answer.headers.get('etag'),
    text,
    json: isJson ? (JSON.parse(text) as Readonly<Record<string, unknown>>) : {},
  };
}
