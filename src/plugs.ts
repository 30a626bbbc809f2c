import { hostname } from 'node:os';
import type { Provider } from '@nestjs/common';
import type { Clock } from './collection/clock';
import type { Collector } from './collection/collector';
import type { SeriesSource } from './collection/series-source';
import type { SourceLinks } from './collection/source-links';
import { TickLoop } from './collection/tick-loop';
import type { Config } from './config/config';
import type { Board } from './evaluation/board';
import { FreshLists } from './exclusions/fresh-lists';
import type { ReadinessProbe } from './http/readiness-probe';
import type { Database } from './postgres/database';
import type { Present } from './slos/present';

/** One address serves one process: the same name means a restart of it. */
export function replicaName({ port }: Config): string | undefined {
  return port === 0 ? undefined : `${hostname()}:${port}`;
}

export function presentOf(clock: Clock, collector: Collector): Present {
  return { now: () => clock.now(), latest: () => collector.dueEnd(clock.now()) };
}

export function probeOf(database: Database, source: SeriesSource, board: Board): ReadinessProbe {
  return {
    database: async () => (await database.rows('select 1')).length === 1,
    prometheus: () => source.datasources().every((name) => source.health(name).up !== false),
    evaluated: () => board.current().evaluatedAt !== null,
  };
}

/** An address of the configuration holds no password: one that does is refused at the start. */
export function sourceLinksOf({ datasources }: Pick<Config, 'datasources'>): SourceLinks {
  const addresses = new Map(
    datasources.map(({ name, url, externalUrl }) => [name, externalUrl ?? url]),
  );
  return { addressOf: (name) => addresses.get(name) ?? null };
}

/** What was excluded shows in the lists of this replica without waiting for the next tick. */
export const FRESH_LISTS: Provider = {
  provide: FreshLists,
  inject: [TickLoop],
  useFactory: (loop: TickLoop): FreshLists => ({ make: () => loop.again() }),
};
