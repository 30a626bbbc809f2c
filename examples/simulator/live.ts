import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { exposition, TEXT_CONTENT_TYPE } from './exposition';
import type { Fleet } from './fleet';
import type { Incident } from './incidents';
import { namedStrike } from './named-strike';
import { strikeAsked } from './strike';

const STEP_SECONDS = 5;
const LARGEST_BODY = 10_000;

/**
 * The pods of a fleet as scrape targets: `GET /metrics/<system>/<pod>`, 503 while a pod is down;
 * `POST /incident?system=…&kind=…&for=…` and, in numbers, `POST /incident/<system>` make something go
 * wrong. The fleet lives on whenever it is asked.
 *
 * @param now epoch seconds, whole
 */
export function liveServer(fleet: Fleet, now: () => number): Server {
  return createServer((request, response) => {
    fleet.advanceTo(now(), STEP_SECONDS);
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://simulator');
    const [, place, system = '', pod] = pathname.split('/');
    const pods = fleet.pods.filter((candidate) => candidate.system.name === system);
    if (request.method === 'GET' && place === 'metrics') {
      const scraped = pods.find(({ index }) => String(index) === pod);
      if (scraped === undefined) answer(response, 404, `no pod ${system}/${pod ?? ''}\n`);
      else if (!scraped.up) answer(response, 503, 'down\n');
      else answer(response, 200, exposition(scraped));
    } else if (request.method === 'POST' && pathname === '/incident') {
      const systems = [...new Set(fleet.pods.map((each) => each.system.name))];
      const asked = namedStrike(searchParams, systems, now());
      if ('system' in asked) fleet.strike(asked.system, asked.incident);
      tell(response, 'refused' in asked ? asked : { ok: asked.incident });
    } else if (request.method === 'POST' && place === 'incident' && pods.length > 0) {
      void strike(fleet, system, now(), request, response);
    } else {
      answer(
        response,
        404,
        'try GET /metrics/<system>/<pod> or POST /incident?system=…&kind=…&for=…\n',
      );
    }
  });
}

async function strike(
  fleet: Fleet,
  system: string,
  from: number,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  let body = '';
  for await (const piece of request.setEncoding('utf8')) {
    body += String(piece);
    if (body.length > LARGEST_BODY) break;
  }
  const asked = strikeAsked(body, from);
  if ('ok' in asked) fleet.strike(system, asked.ok);
  tell(response, asked);
}

function tell(
  response: ServerResponse,
  asked: { readonly ok: Incident } | { readonly refused: string },
): void {
  if ('ok' in asked) answer(response, 202, `${JSON.stringify(asked.ok)}\n`);
  else answer(response, 422, `${asked.refused}\n`);
}

function answer(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': TEXT_CONTENT_TYPE }).end(text);
}
