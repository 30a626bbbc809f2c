import { setTimeout as sleep } from 'node:timers/promises';
import { coloured, coloursWanted } from './colours';
import { CouldNotRun } from './could-not-run';
import { Progress } from './progress';
import { callService, detailOf, refusal, type Service, serviceAt } from './service-client';

export interface BackfillOptions {
  readonly url: string;
  /** A day, which begins at midnight UTC, or an instant. */
  readonly from: string;
  readonly wait?: boolean;
  readonly json?: boolean;
}

/** What the command line reads of the answer; instants are RFC 3339. */
interface BackfillAnswer {
  readonly slo: string;
  readonly from: string;
  readonly to: string;
  readonly steps: number;
  readonly reason: string | null;
}

const BACKFILL = '/api/v1/collection/backfill';
const ASKED_EVERY_MS = 1_000;
/** The service tries again at every tick; after so many it is not going to help itself. */
const STANDS_STILL_AFTER_MS = 600_000;
const REFUSED = [404, 422];
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

/**
 * `slowburn backfill`: the history of one SLO, further back than its window. 0 when it is read, will
 * be, or was to be read anyway; 1 when the service refuses; 2 also when the reading stands still.
 */
export async function backfill(slo: string, options: BackfillOptions): Promise<number> {
  if (!/^[^/\s]+\/[^/\s]+$/.test(slo)) {
    throw new CouldNotRun(`the SLO is ${JSON.stringify(slo)}, allowed: SERVICE/NAME`);
  }
  const from = instantOf(options.from);
  const service = serviceAt(options.url);
  const { status, body } = await callService(service, {
    method: 'POST',
    path: BACKFILL,
    body: { type: 'application/json', text: JSON.stringify({ slo, from }) },
  });
  if (REFUSED.includes(status)) return refused(body, options);
  if (status !== 200 || !isAnswer(body)) throw refusal(service, status, body);
  const waits = options.wait === true && body.steps > 0;
  const last = waits ? await readToTheEnd(service, body) : body;
  console.log(options.json === true ? JSON.stringify(last) : told(last, coloursWanted()));
  return 0;
}

/** @throws CouldNotRun when nothing was read for long */
async function readToTheEnd(service: Service, asked: BackfillAnswer): Promise<BackfillAnswer> {
  const progress = new Progress('reading history, steps');
  progress.expect(asked.steps);
  const path = `${BACKFILL}/${asked.slo.split('/').map(encodeURIComponent).join('/')}`;
  let [{ steps }, movedAt] = [asked, Date.now()];
  try {
    for (;;) {
      await sleep(ASKED_EVERY_MS);
      const { status, body } = await callService(service, { method: 'GET', path });
      if (status !== 200 || !isAnswer(body)) throw refusal(service, status, body);
      if (body.steps === 0) return { ...body, reason: asked.reason };
      // More than before: groups that had ended long ago were found, and are read from now on back.
      if (body.steps > steps) progress.expect(body.steps - steps);
      else progress.advance(steps - body.steps);
      if (body.steps !== steps) movedAt = Date.now();
      else if (Date.now() - movedAt > STANDS_STILL_AFTER_MS)
        throw new CouldNotRun(standsStill(body));
      ({ steps } = body);
    }
  } finally {
    progress.stop();
  }
}

function standsStill({ slo, to }: BackfillAnswer): string {
  return (
    `the history of ${slo} is read back to ${to} and nothing was for ten minutes: ` +
    'the log of the service says why, and GET /api/v1/collection which sources answer'
  );
}

function told({ slo, from, to, steps, reason }: BackfillAnswer, colours: boolean): string {
  const left = `${steps} steps of five minutes, from ${to} back to ${from}, are still to be read.`;
  const all = `It is read back to ${from}.`;
  if (reason !== null) {
    const sentence = `Nothing to do: ${reason}.`;
    return `${colours ? coloured(sentence, 'gray') : sentence} ${steps === 0 ? all : left}`;
  }
  return `${slo}: ${steps === 0 ? all : left}`;
}

function refused(body: unknown, { json }: BackfillOptions): number {
  if (json === true) console.log(JSON.stringify(body));
  else console.error(detailOf(body));
  return 1;
}

function instantOf(from: string): string {
  const instant = DAY.test(from) ? `${from}T00:00:00Z` : from;
  if (INSTANT.test(instant) && !Number.isNaN(Date.parse(instant))) return instant;
  throw new CouldNotRun(
    `--from is ${JSON.stringify(from)}, allowed: a day such as 2026-06-01, or an instant with its zone such as 2026-06-01T12:00:00Z`,
  );
}

function isAnswer(body: unknown): body is BackfillAnswer {
  return typeof body === 'object' && body !== null && 'steps' in body && 'from' in body;
}
