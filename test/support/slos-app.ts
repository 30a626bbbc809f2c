import { MemoryFiring } from './memory-firing';
import { MemoryDefinitionHistory } from './definition-history';
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
import { PeriodFigurer } from '../../src/evaluation/period-figures';
import { Sparklines } from '../../src/evaluation/sparklines';
import { DefinitionHistory } from '../../src/ledger/definition-history';
import { ExclusionsInForce, NOTHING_EXCLUDED } from '../../src/ledger/exclusions';
import { LatestFigures } from '../../src/slos/latest-figures';
import { Present } from '../../src/slos/present';
import { SloFinder } from '../../src/slos/slo-finder';
import { ListController } from '../../src/slos/list.controller';
import { SlosController } from '../../src/slos/slos.controller';
import { WhatIfController } from '../../src/slos/what-if.controller';
import { WhatIfs } from '../../src/evaluation/what-if';
import { START } from './figures';
import { startHttpApp } from './http-app';
import { MemoryLedger } from './memory-ledger';
import { sloWith, uptimeWith } from './slos';

const HOUR = 3_600;
const DAY = 86_400;
const END = START + 30 * DAY;

const worked = sloWith({ objective: '0.995', team: 'backend', labels: { tier: '1' } });
const grouped = sloWith({
  name: 'by-endpoint',
  groupBy: ['endpoint'],
  description: 'Cars and more',
});
const uptime = uptimeWith({ service: 'mail', objective: '0.9', noData: 'bad', team: 'ops' });
const fresh = sloWith({ service: 'mail', name: 'fresh', datasource: 'other' });
const gone = sloWith({ name: 'gone', objective: '0.99' });
const SLOS: readonly Slo[] = [worked, grouped, uptime, fresh];

class FixedRegistry extends DefinitionRegistry {
  current(): Definitions {
    const place = { file: 'slos/shop.yaml', line: 4, column: 5 };
    return { defined: SLOS.map((slo) => ({ slo, place, stale: false })), problems: [] };
  }

  onChange(): () => void {
    return () => {};
  }
}

/** `shop/gone` was retired a day before the end, `shop/before` is `shop/api-errors` now. */
class FixedPast extends PastDefinitions {
  find(service: string, name: string): Promise<PastDefinition | null> {
    const pasts: Readonly<Record<string, PastDefinition>> = {
      'shop/gone': {
        kind: 'retired',
        at: END - DAY,
        defined: {
          slo: gone,
          place: { file: 'history:shop/gone', line: 4, column: 5 },
          stale: true,
        },
      },
      'shop/unread': { kind: 'retired', at: END - DAY, defined: null },
      'shop/before': { kind: 'renamed', service: 'shop', name: 'api-errors' },
    };
    return Promise.resolve(pasts[`${service}/${name}`] ?? null);
  }
}

export interface SlosApp {
  /** The answer's body; fails unless it has this status and the media type that goes with it. */
  json(path: string, status?: number): Promise<unknown>;
  close(): Promise<void>;
}

/**
 * The SLOs' routes over October 2026, of a ledger filled by hand: `shop/api-errors` with 99.8 % of
 * 99.5 %, `shop/by-endpoint` with a whole and a spent budget, `mail/uptime` unseen for three days,
 * `mail/fresh` not collected yet. It is 40 s past midnight.
 */
export async function startSlosApp(): Promise<SlosApp> {
  const ledger = new MemoryLedger();
  const hour = { good: 998, bad: 2 };
  ledger.begin(worked, START).until(END, HOUR, hour);
  const cars = { group: { endpoint: '/cars' } };
  ledger.begin(grouped, START, cars).until(END, HOUR, { good: 100 });
  const slow = { group: { endpoint: '/slow' } };
  ledger.begin(grouped, START, slow).until(END, HOUR, { good: 99, bad: 1 });
  ledger
    .begin(uptime, START, { scale: 1000n })
    .until(END - 3 * DAY, HOUR, { good: 3_600_000 })
    .missing(END, HOUR);
  ledger.begin(gone, START).until(END - DAY, HOUR, { good: 99, bad: 1 });
  const board = new Board();
  let seconds = 0;
  await new Evaluator(
    ledger,
    board,
    () => (seconds += 1),
    new MemoryDefinitionHistory(),
    new MemoryFiring(),
  ).evaluate(SLOS, END);
  const figurer = new LedgerFigurer(ledger, new MemoryDefinitionHistory());
  const periods = new PeriodFigurer(ledger, new MemoryDefinitionHistory(), NOTHING_EXCLUDED);
  const present: Present = { now: () => END + 40, latest: () => END };
  @Module({
    controllers: [ListController, SlosController, WhatIfController],
    providers: [
      { provide: DefinitionRegistry, useValue: new FixedRegistry() },
      { provide: PastDefinitions, useValue: new FixedPast() },
      SloFinder,
      LatestFigures,
      { provide: ExclusionsInForce, useValue: NOTHING_EXCLUDED },
      { provide: DefinitionHistory, useValue: new MemoryDefinitionHistory() },
      { provide: Board, useValue: board },
      {
        provide: Sparklines,
        useValue: new Sparklines(ledger, periods, NOTHING_EXCLUDED),
      },
      { provide: Figurer, useValue: figurer },
      { provide: WhatIfs, useValue: new WhatIfs(figurer, ledger) },
      { provide: Present, useValue: present },
    ],
  })
  class Slos {}
  const app = await startHttpApp(Slos);
  return {
    json: async (path, status = 200) => {
      const answer = await app.get(`/api/v1${path}`);
      expect(answer.status).toBe(status);
      const media = status === 200 ? 'application/json' : 'application/problem+json';
      expect(answer.headers.get('content-type')).toContain(media);
      return answer.json();
    },
    close: () => app.close(),
  };
}
