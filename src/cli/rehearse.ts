import { readFile } from 'node:fs/promises';
import type { RehearsalView } from '../slos/rehearsal-view-types';
import { readYaml } from '../yaml/read-yaml';
import { coloursWanted } from './colours';
import { CouldNotRun } from './could-not-run';
import { problemText } from './problem-text';
import { rehearsalTable } from './rehearsal-table';
import { callService, detailOf, refusal, serviceAt } from './service-client';

export interface RehearseOptions {
  readonly url: string;
  readonly policy: readonly string[];
  readonly label: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly merge?: string;
  readonly json?: boolean;
}

const IN_FORCE = 'in-force';
const REFUSED = [404, 422];
const TIMEOUT_MS = 60_000;
const LARGEST_FILE_BYTES = 1 << 20;

/**
 * `slowburn rehearse`: what alert policies would have done, side by side, asked of a running service.
 * 0 with an answer, 1 when the service refuses the question or a policy.
 */
export async function rehearse(slo: string, options: RehearseOptions): Promise<number> {
  if (!/^[^/\s]+\/[^/\s]+$/.test(slo)) {
    throw new CouldNotRun(`the SLO is ${JSON.stringify(slo)}, allowed: SERVICE/NAME`);
  }
  const policies = await policiesOf(options.policy);
  const { from, to, merge } = options;
  const body = { from, to, merge, ...(policies.length === 0 ? {} : { policies }) };
  const path = `/api/v1/slos/${slo.split('/').map(encodeURIComponent).join('/')}/rehearse`;
  const service = serviceAt(options.url);
  const answer = await callService(service, {
    method: 'POST',
    path: `${path}${queryOf(options.label)}`,
    body: { type: 'application/json', text: JSON.stringify(body) },
    timeoutMilliseconds: TIMEOUT_MS,
  });
  if (REFUSED.includes(answer.status)) {
    const told = options.json === true ? JSON.stringify(answer.body) : detailOf(answer.body);
    if (options.json === true) console.log(told);
    else console.error(told);
    return 1;
  }
  if (answer.status !== 200 || !isRehearsal(answer.body)) {
    throw refusal(service, answer.status, answer.body);
  }
  console.log(
    options.json === true
      ? JSON.stringify(answer.body)
      : rehearsalTable(answer.body, coloursWanted()),
  );
  return 0;
}

/** Those of files and those that go by a name, compared with the one in force. */
async function policiesOf(asked: readonly string[]): Promise<readonly unknown[]> {
  if (asked.length === 0) return [];
  const named = new Set<string>([IN_FORCE]);
  const written: unknown[] = [];
  for (const each of asked) {
    if (/^[a-z0-9-]+$/.test(each)) named.add(each);
    else written.push(...(await documentsOf(each)));
  }
  return [...[...named].map((name) => ({ name })), ...written];
}

/** What stands in the documents is the service's to judge. */
async function documentsOf(file: string): Promise<readonly unknown[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CouldNotRun(
      `--policy ${file} cannot be read (${reason}), allowed: a file, or the name of a known policy such as pyrra`,
      { cause: error },
    );
  });
  if (Buffer.byteLength(text) > LARGEST_FILE_BYTES) {
    throw new CouldNotRun(`--policy ${file} is larger than 1 MiB`);
  }
  const { documents, problems } = readYaml(text, file);
  if (problems.length > 0 || documents.length === 0) {
    const told = problems.map((problem) => problemText(problem, false));
    throw new CouldNotRun(
      told.length === 0
        ? `--policy ${file} holds no policy, allowed: name and tiers`
        : told.join('\n'),
    );
  }
  return documents.map(({ value }) => value);
}

function queryOf(labels: readonly string[]): string {
  const query = new URLSearchParams();
  for (const label of labels) {
    const at = label.indexOf('=');
    if (at < 1) throw new CouldNotRun(`--label is ${JSON.stringify(label)}, allowed: NAME=VALUE`);
    query.set(`label.${label.slice(0, at)}`, label.slice(at + 1));
  }
  return query.size === 0 ? '' : `?${query.toString()}`;
}

function isRehearsal(body: unknown): body is RehearsalView {
  return typeof body === 'object' && body !== null && 'policies' in body && 'episodes' in body;
}
