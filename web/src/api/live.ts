import { batch, signal } from '@preact/signals';
import { request } from './client';
import { eventsOf } from './event-stream';
import { ApiFailure } from './failure';
import { pause } from './pause';

type Hearer = (data: unknown) => void;

const EVENTS = '/api/v1/events';
const POLL_MS = 30_000;
const LONGEST_PAUSE_MS = 30_000;
/** Three of the comments by which the service keeps a quiet connection. */
const SILENT_MS = 45_000;

/** Whether this page has listened before: what came in between it does not know. */
let wasConnected = false;

const hearers = new Set<{ readonly event: string; readonly hearer: Hearer }>();

/** Rises with every tick of the service, and when some may have been missed. */
export const tick = signal(0);

/** Rises only when something may have been missed: what is put together from news has to be read again. */
export const gap = signal(0);

/** Whether news come by themselves, are asked for now and then, or the service does not answer. */
export const line = signal<'connecting' | 'live' | 'polling' | 'lost'>('connecting');

/**
 * Follows the service while somebody looks: a hidden tab holds no connection, and catches up when it
 * is shown again.
 */
export async function followFigures(ends: AbortSignal): Promise<void> {
  const isOver = () => ends.aborted;
  let failures = 0;
  while (!isOver()) {
    if (isHidden()) await turned(ends);
    else {
      failures = (await listened(ends)) ? 0 : failures + 1;
      const backOff = Math.min(LONGEST_PAUSE_MS, 1_000 * 2 ** failures);
      if (!isHidden()) await pause(line.value === 'polling' ? POLL_MS : backOff, ends);
      if (line.value === 'polling' && !isOver()) missed();
    }
  }
}

/** @returns the way to stop */
export function hear(event: string, hearer: Hearer): () => void {
  const heard = { event, hearer };
  hearers.add(heard);
  return () => {
    hearers.delete(heard);
  };
}

/** @returns whether the service answered */
async function listened(ends: AbortSignal): Promise<boolean> {
  const hidden = new AbortController();
  const hide = () => {
    if (isHidden()) hidden.abort();
  };
  document.addEventListener('visibilitychange', hide);
  const signal = AbortSignal.any([ends, hidden.signal]);
  try {
    const { body } = await request(EVENTS, { headers: { accept: 'text/event-stream' }, signal });
    line.value = 'live';
    if (body === null) return true;
    for await (const { event, data } of eventsOf(body, SILENT_MS)) tell(event, JSON.parse(data));
    return true;
  } catch (error) {
    if (signal.aborted) return true;
    line.value = isLost(error) ? 'lost' : 'polling';
    return line.value === 'polling';
  } finally {
    document.removeEventListener('visibilitychange', hide);
  }
}

function tell(event: string, data: unknown): void {
  for (const heard of hearers) if (heard.event === event) heard.hearer(data);
  if (event === 'figures') tick.value += 1;
  // What was said before this connection was said to somebody else.
  if (event === 'reload' || (event === 'hello' && wasConnected)) missed();
  if (event === 'hello') wasConnected = true;
}

function missed(): void {
  batch(() => {
    tick.value += 1;
    gap.value += 1;
  });
}

/** What answers with a refusal, such as that too many listen, can still be asked for figures. */
function isLost(error: unknown): boolean {
  return !(error instanceof ApiFailure) || error.isOfService;
}

function isHidden(): boolean {
  return document.hidden;
}

/** Until the tab is shown or hidden. */
function turned(ends: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      document.removeEventListener('visibilitychange', done);
      ends.removeEventListener('abort', done);
      resolve();
    };
    document.addEventListener('visibilitychange', done);
    ends.addEventListener('abort', done);
  });
}
