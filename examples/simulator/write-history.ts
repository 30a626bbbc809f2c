import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { writeBlocks } from './blocks';
import { Fleet } from './fleet';
import { SAMPLE_SECONDS } from './history';
import { historyStart } from './history-start';
import { systemsNamed } from './systems/all';

/** `write-history --into DIR --state FILE [--promtool PATH] [--seed TEXT] [--system NAME]`: prints progress lines. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      into: { type: 'string' },
      state: { type: 'string' },
      promtool: { type: 'string', default: 'promtool' },
      seed: { type: 'string', default: 'slowburn' },
      system: { type: 'string' },
    },
  });
  const { into, state, promtool, seed, system } = values;
  if (into === undefined || state === undefined) {
    throw new Error('write-history needs --into DIRECTORY and --state FILE');
  }
  mkdirSync(into, { recursive: true });
  const anchor = wholeSample();
  const from = historyStart(anchor);
  const fleet = new Fleet(systemsNamed(system), seed, anchor, from);
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      stopping.abort();
    });
  }
  await writeBlocks({
    fleet,
    signal: stopping.signal,
    from,
    to: wholeSample,
    promtool,
    directory: into,
    onProgress: (done) => {
      console.log(`history ${Math.floor(done * 100)} %`);
    },
  });
  mkdirSync(dirname(state), { recursive: true });
  writeFileSync(`${state}.new`, JSON.stringify(fleet.state()));
  renameSync(`${state}.new`, state);
}

function wholeSample(): number {
  const now = Math.floor(Date.now() / 1000);
  return now - (now % SAMPLE_SECONDS);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
