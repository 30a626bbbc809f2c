import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { accessSync, constants } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { startOnFreePort } from './server-process';

export interface RunningAlertmanager {
  readonly url: string;
  stop(): Promise<void>;
  /** Starts it again, on the same port and data. */
  start(): Promise<void>;
  alerts(): Promise<readonly ApiAlert[]>;
  dispose(): Promise<void>;
}

export interface ApiAlert {
  readonly fingerprint: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly generatorURL: string;
  readonly status: { readonly state: string };
}

const NAMES = ['prometheus-alertmanager', 'alertmanager'];

/** `ALERTMANAGER_BIN`, or the one on the PATH: Debian calls it otherwise than its makers. */
export function alertmanagerBinary(): string | null {
  return process.env['ALERTMANAGER_BIN'] ?? onPath(NAMES);
}

/** The amtool that is on the PATH. */
export function amtoolBinary(): string | null {
  return process.env['AMTOOL_BIN'] ?? onPath(['amtool']);
}

/** `describe`, or a skip whose name says what is missing. */
export function describeWith(binary: string | null, what: string, name: string): jest.Describe {
  const skipped = (title: string, body: () => void) => {
    describe.skip(`${title} (skipped: ${what} is not installed, ${name} names one)`, body);
  };
  return (binary === null ? skipped : describe) as jest.Describe;
}

/** A real Alertmanager on the loopback address, without a cluster. @param config its text */
export async function startAlertmanager(config: string): Promise<RunningAlertmanager> {
  const home = await mkdtemp(join(tmpdir(), 'slowburn-alertmanager-'));
  const file = join(home, 'alertmanager.yml');
  await writeFile(file, config);
  return startIn(home, file);
}

/** The same with a file of the project. */
export async function startAlertmanagerWith(configFile: string): Promise<RunningAlertmanager> {
  return startIn(await mkdtemp(join(tmpdir(), 'slowburn-alertmanager-')), configFile);
}

async function startIn(home: string, configFile: string): Promise<RunningAlertmanager> {
  const binary = alertmanagerBinary() ?? 'alertmanager';
  const server = await startOnFreePort((port) => ({
    binary,
    variable: 'ALERTMANAGER_BIN',
    port,
    flags: [
      `--config.file=${configFile}`,
      `--storage.path=${join(home, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--cluster.listen-address=',
    ],
    readyLine: 'Listening on',
    readyPath: '/-/ready',
  })).catch(async (error: unknown) => {
    await rm(home, { recursive: true, force: true });
    throw error;
  });
  return {
    url: server.url,
    stop: () => server.end('SIGTERM'),
    start: () => server.start(),
    alerts: async () => {
      const answer = await fetch(`${server.url}/api/v2/alerts`);
      return (await answer.json()) as ApiAlert[];
    },
    dispose: async () => {
      await server.end('SIGTERM');
      await rm(home, { recursive: true, force: true });
    },
  };
}

function onPath(names: readonly string[]): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const paths = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return paths.find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
