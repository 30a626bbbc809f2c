import { Module } from '@nestjs/common';
import {
  type Definitions,
  DefinitionRegistry,
  type PastDefinition,
  PastDefinitions,
} from '../../src/definitions/registry';
import type { Slo } from '../../src/domain/slo';
import { Board } from '../../src/evaluation/board';
import { Evaluator } from '../../src/evaluation/evaluator';
import { LedgerFigurer } from '../../src/evaluation/ledger-figurer';
import { Rehearsals } from '../../src/evaluation/rehearsal';
import { PeriodFigurer } from '../../src/evaluation/period-figures';
import { Sparklines } from '../../src/evaluation/sparklines';
import { WhatIfs } from '../../src/evaluation/what-if';
import { MarkerStore } from '../../src/exclusions/marker-store';
import { DefinitionHistory } from '../../src/ledger/definition-history';
import { ExclusionsInForce, NOTHING_EXCLUDED } from '../../src/ledger/exclusions';
import { Database } from '../../src/postgres/database';
import { openPool } from '../../src/postgres/pool';
import { PostgresAuditTrail } from '../../src/postgres/postgres-audit-trail';
import { PostgresGateOverrides } from '../../src/postgres/postgres-gate-overrides';
import { PostgresMarkers } from '../../src/postgres/postgres-markers';
import { Present } from '../../src/slos/present';
import { SLO_CONTROLLERS, sloProviders } from '../../src/slos/providers';
import { MemoryDefinitionHistory } from './definition-history';
import { startHttpApp } from './http-app';
import { MemoryFiring } from './memory-firing';
import type { MemoryLedger } from './memory-ledger';

/** The routes of SLOs of one replica: figures of a ledger filled by hand, overrides in a real database. */
export interface GateApp {
  readonly audit: PostgresAuditTrail;
  ask(method: string, path: string, body?: object): Promise<GateAnswer>;
  close(): Promise<void>;
}

export interface GateAnswer {
  readonly status: number;
  readonly type: string | null;
  readonly json: Readonly<Record<string, unknown>>;
}

/**
 * @param at epoch seconds of the last evaluation
 * @param now epoch seconds, asked at every request
 */
export async function startGateApp(
  databaseUrl: string,
  slos: readonly Slo[],
  ledger: MemoryLedger,
  at: number,
  now: () => number,
): Promise<GateApp> {
  const pool = openPool(databaseUrl, () => undefined);
  const database = new Database(pool);
  const board = new Board();
  const history = new MemoryDefinitionHistory();
  await new Evaluator(ledger, board, () => 0, history, new MemoryFiring()).evaluate(slos, at);
  const figurer = new LedgerFigurer(ledger, history);
  const periods = new PeriodFigurer(ledger, history, NOTHING_EXCLUDED);
  const present: Present = { now, latest: () => Math.floor(now() / 60) * 60 };
  @Module({
    controllers: [...SLO_CONTROLLERS],
    providers: [
      ...sloProviders({
        figurer,
        whatIfs: new WhatIfs(figurer, ledger),
        rehearsals: new Rehearsals(figurer, ledger),
        overrides: new PostgresGateOverrides(database),
        exclusions: NOTHING_EXCLUDED,
        sparklines: new Sparklines(ledger, periods, NOTHING_EXCLUDED),
      }),
      { provide: DefinitionRegistry, useValue: registryOf(slos) },
      { provide: PastDefinitions, useValue: NO_PAST },
      { provide: ExclusionsInForce, useValue: NOTHING_EXCLUDED },
      { provide: MarkerStore, useValue: new PostgresMarkers(database, now) },
      { provide: DefinitionHistory, useValue: history },
      { provide: Board, useValue: board },
      { provide: Present, useValue: present },
    ],
  })
  class Slos {}
  const app = await startHttpApp(Slos);
  return {
    audit: new PostgresAuditTrail(database),
    ask: async (method, path, body) => {
      const answer = await fetch(`${app.url}/api/v1${path}`, {
        method,
        ...(body && {
          body: JSON.stringify(body),
          headers: { 'content-type': 'application/json' },
        }),
      });
      return {
        status: answer.status,
        type: answer.headers.get('content-type'),
        json: (await answer.json()) as GateAnswer['json'],
      };
    },
    close: async () => {
      await app.close();
      await pool.end();
    },
  };
}

function registryOf(slos: readonly Slo[]): DefinitionRegistry {
  const place = { file: 'slos/shop.yaml', line: 4, column: 5 };
  const definitions: Definitions = {
    defined: slos.map((slo) => ({ slo, place, stale: false })),
    problems: [],
  };
  return { current: () => definitions, onChange: () => () => {} };
}

const NO_PAST: PastDefinitions = {
  find: (): Promise<PastDefinition | null> => Promise.resolve(null),
};
