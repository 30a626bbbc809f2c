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
import { Figurer } from '../../src/evaluation/figurer';
import { LedgerFigurer } from '../../src/evaluation/ledger-figurer';
import { EXCLUSION_CONTROLLERS, exclusionProviders } from '../../src/exclusions/providers';
import { FreshLists } from '../../src/exclusions/fresh-lists';
import { DefinitionHistory } from '../../src/ledger/definition-history';
import { Database } from '../../src/postgres/database';
import { openPool } from '../../src/postgres/pool';
import { PostgresExclusions } from '../../src/postgres/postgres-exclusions';
import { PostgresLedger } from '../../src/postgres/postgres-ledger';
import { PostgresMarkers } from '../../src/postgres/postgres-markers';
import { LatestFigures } from '../../src/slos/latest-figures';
import { Present } from '../../src/slos/present';
import { SloFinder } from '../../src/slos/slo-finder';
import { SlosController } from '../../src/slos/slos.controller';
import { MemoryDefinitionHistory } from './definition-history';
import { startHttpApp } from './http-app';
import { MemoryFiring } from './memory-firing';

const RETENTION_SECONDS = 400 * 86_400;

/** One replica's routes of SLOs, exclusions and markers, over a real database. */
export interface ExclusionsApp {
  readonly database: Database;
  readonly ledger: PostgresLedger;
  readonly board: Board;
  /** As a tick does. */
  evaluate(): Promise<void>;
  ask(method: string, path: string, body?: object): Promise<Answered>;
  close(): Promise<void>;
}

export interface Answered {
  readonly status: number;
  readonly json: Readonly<Record<string, unknown>>;
}

/** @param at epoch seconds: what time it is, and up to when everything was counted */
export async function startExclusionsApp(
  url: string,
  slos: readonly Slo[],
  at: number,
): Promise<ExclusionsApp> {
  const pool = openPool(url, () => undefined);
  const database = new Database(pool);
  const ledger = new PostgresLedger(database, RETENTION_SECONDS);
  const history = new MemoryDefinitionHistory();
  let changes = 0;
  // Lists are in the order in which things were made.
  const now = () => at + 40 + (changes += 0.001);
  const exclusions = new PostgresExclusions(database, now);
  const figurer = new LedgerFigurer(ledger, history, exclusions);
  const board = new Board();
  const firing = new MemoryFiring();
  const evaluator = new Evaluator(ledger, board, () => 0, history, firing, exclusions);
  const present: Present = { now: () => at + 40, latest: () => at };
  @Module({
    controllers: [SlosController, ...EXCLUSION_CONTROLLERS],
    providers: [
      ...exclusionProviders({ exclusions, markers: new PostgresMarkers(database, now) }),
      { provide: DefinitionRegistry, useValue: new DefinedRegistry(slos) },
      { provide: PastDefinitions, useValue: new GonePast() },
      SloFinder,
      LatestFigures,
      { provide: DefinitionHistory, useValue: history },
      { provide: Board, useValue: board },
      { provide: Figurer, useValue: figurer },
      { provide: Present, useValue: present },
      { provide: FreshLists, useValue: { make: () => evaluator.evaluate(slos, at) } },
    ],
  })
  class Routes {}
  const app = await startHttpApp(Routes);
  return {
    database,
    ledger,
    board,
    evaluate: () => evaluator.evaluate(slos, at),
    ask: async (method, path, body) => {
      const answer = await fetch(`${app.url}/api/v1${path}`, {
        method,
        ...(body !== undefined && {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      });
      return { status: answer.status, json: (await answer.json()) as Answered['json'] };
    },
    close: async () => {
      await app.close();
      await pool.end();
    },
  };
}

class DefinedRegistry extends DefinitionRegistry {
  private readonly definitions: Definitions;

  constructor(slos: readonly Slo[]) {
    super();
    const place = { file: 'slos/shop.yaml', line: 4, column: 5 };
    this.definitions = {
      defined: slos.map((slo) => ({ slo, place, stale: false })),
      problems: [],
    };
  }

  current(): Definitions {
    return this.definitions;
  }

  onChange(): () => void {
    return () => {};
  }
}

/** `shop/gone` was retired. */
class GonePast extends PastDefinitions {
  find(service: string, name: string): Promise<PastDefinition | null> {
    const isGone = service === 'shop' && name === 'gone';
    return Promise.resolve(isGone ? { kind: 'retired', at: 0, defined: null } : null);
  }
}
