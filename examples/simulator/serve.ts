import { readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { Fleet, type FleetState } from './fleet';
import { liveServer } from './live';
import { systemsNamed } from './systems/all';
import type { SystemPlan } from './system';

/** `serve --state FILE [--port N] [--system NAME]`: goes on where the history ended, or as new processes. */
function main(): void {
  const { values } = parseArgs({
    options: {
      state: { type: 'string' },
      port: { type: 'string', default: '0' },
      system: { type: 'string' },
    },
  });
  if (values.state === undefined) throw new Error('serve needs --state FILE');
  const fleet = takeOver(values.state, systemsNamed(values.system));
  const server = liveServer(fleet, now);
  server.listen(Number(values.port), '127.0.0.1', () => {
    console.log(`listening on ${(server.address() as AddressInfo).port}`);
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      server.close();
      server.closeAllConnections();
    });
  }
}

/** The first to come goes on with the history's counters; whoever comes later is a restart. */
function takeOver(file: string, systems: readonly SystemPlan[]): Fleet {
  const state = JSON.parse(readFileSync(file, 'utf8')) as FleetState;
  if (state.pods.length === 0) return new Fleet(systems, state.seed, state.anchor, now());
  const fleet = Fleet.resumed(systems, state);
  writeFileSync(file, JSON.stringify({ ...state, pods: [] } satisfies FleetState));
  return fleet;
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}

main();
