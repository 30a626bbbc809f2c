import { text } from 'node:stream/consumers';
import { type ChainLink, type ChainVerdict, verifyChain } from '../reports/chain';
import { closedReportsTable, type ClosedReportRow } from './closed-reports-table';
import { coloursWanted } from './colours';
import { CouldNotRun } from './could-not-run';
import { Progress } from './progress';
import { downloadFrom, fetchAll, refusal, type Service, serviceAt } from './service-client';

export interface ClosedReportsOptions {
  readonly url: string;
  readonly list?: boolean;
  readonly verify?: boolean;
  readonly json?: boolean;
}

const TIMEOUT_MS = 120_000;

/**
 * `slowburn report --list` and `--verify`: what is closed, and whether it is as it was closed. 1 when
 * it is not.
 *
 * @throws CouldNotRun when the service cannot say
 */
export async function closedReports(
  month: string | undefined,
  { url, list, verify, json }: ClosedReportsOptions,
): Promise<number> {
  if (list !== true && verify !== true) {
    throw new CouldNotRun('a month such as 2026-10 is missing, or --list, or --verify');
  }
  const service = serviceAt(url);
  const all = await fetchAll<ClosedReportRow>(service, '/api/v1/reports');
  const rows = all.filter((row) => month === undefined || row.month === month);
  if (verify === true) {
    // The chain holds as a whole, or not.
    const verdict = await verified(service, all);
    console.log(json === true ? JSON.stringify(verdict) : sentence(verdict));
    return verdict.fault === null ? 0 : 1;
  }
  console.log(
    json === true ? JSON.stringify({ items: rows }) : closedReportsTable(rows, coloursWanted()),
  );
  return 0;
}

/** By what the service hands out, and not by its word. */
async function verified(service: Service, rows: readonly ChainLink[]): Promise<ChainVerdict> {
  const progress = new Progress('recomputing hashes, reports');
  progress.expect(rows.length);
  try {
    return await verifyChain(rows, async (link) => {
      const content = await contentOf(service, link);
      progress.advance(1);
      return content;
    });
  } finally {
    progress.stop();
  }
}

/** What was hashed is the report without its hash. */
async function contentOf(service: Service, link: ChainLink): Promise<string | null> {
  const { month, timeZone, revision } = link;
  const query = new URLSearchParams({ format: 'json', timeZone, revision: String(revision) });
  const path = `/api/v1/reports/monthly/${month}?${query.toString()}`;
  const { status, content, problem } = await downloadFrom(service, path, TIMEOUT_MS);
  if (status === 404) return null;
  if (content === null) throw refusal(service, status, problem);
  return JSON.stringify({ ...(JSON.parse(await text(content)) as object), hash: null });
}

function sentence({ checked, fault }: ChainVerdict): string {
  if (fault === null) {
    return checked === 0
      ? 'No report is closed yet.'
      : `All ${checked} closed reports are as they were closed.`;
  }
  const { month, timeZone, revision, reason } = fault;
  return `${month} (${timeZone}), revision ${revision}: ${reason}. ${checked} before it are as they were closed.`;
}
