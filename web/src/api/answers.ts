import { type ReadonlySignal, type Signal, signal, useSignalEffect } from '@preact/signals';
import { useCallback, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { ask } from './client';
import { ApiFailure } from './failure';
import { token } from './token';

/** What is known of a question. Data stays while it is asked again, and when that fails. */
export interface Answer<T> {
  readonly data: T | undefined;
  readonly failure: ApiFailure | undefined;
  /** It is being asked. */
  readonly pending: boolean;
}

/** An answer, and the way to ask again. */
export interface Asked<T> extends Answer<T> {
  readonly again: () => void;
}

type Load<T> = (signal: AbortSignal) => Promise<T>;

/** When to ask again by itself. */
export interface Following {
  readonly follows?: ReadonlySignal<number>;
}

interface Entry {
  readonly answer: Signal<Answer<unknown>>;
  load: Load<unknown>;
  users: number;
  running: AbortController | null;
  /** Its last request began in this turn. */
  isFresh: boolean;
}

/** What nobody shows any more, for the way back. */
const KEPT_UNUSED = 30;
const NOTHING: Answer<undefined> = { data: undefined, failure: undefined, pending: true };

const entries = new Map<string, Entry>();

token.subscribe(() => {
  // What one may read another may not.
  for (const entry of entries.values()) {
    entry.running?.abort();
    entry.running = null;
    entry.answer.value = NOTHING;
  }
});

/**
 * The answer to a GET, shared by all who ask for the same path.
 *
 * @param path with its query; null while there is nothing to ask
 * @param follows asks again when it rises: `tick`, or `gap` where news are heard
 */
export function useAnswer<T>(path: string | null, how: Following = {}): Asked<T> {
  const load = useCallback((signal: AbortSignal) => ask<T>(path ?? '', signal), [path]);
  return useLoaded(path, load, how);
}

/**
 * The same for what takes more than one request.
 *
 * @param key names what is loaded; null while there is nothing to ask
 */
export function useLoaded<T>(
  key: string | null,
  load: Load<T>,
  { follows }: Following = {},
): Asked<T> {
  const entry = useMemo(() => (key === null ? null : entryOf(key, load)), [key]);
  if (entry !== null) entry.load = load;
  const seen = useRef(follows?.peek());
  // Before anything is drawn: the request travels meanwhile.
  useLayoutEffect(() => {
    if (entry === null) return undefined;
    entry.users += 1;
    run(entry);
    return () => {
      leave(entry);
    };
  }, [entry]);
  useSignalEffect(() => {
    const now = follows?.value;
    if (now === seen.current) return;
    seen.current = now;
    if (entry !== null && entry.users > 0) run(entry);
  });
  const again = useCallback(() => {
    if (entry !== null) run(entry);
  }, [entry]);
  return { ...((entry?.answer.value ?? NOTHING) as Answer<T>), again };
}

/** Whether an answer is kept, so that it can be shown at once. */
export function isKept(key: string): boolean {
  return entries.get(key)?.answer.peek().data !== undefined;
}

/** After a change: what is shown is asked again, and the rest forgotten. */
export function askAgain(isTouched: (key: string) => boolean): void {
  for (const [key, entry] of [...entries].filter(([name]) => isTouched(name))) {
    if (entry.users > 0) run(entry);
    else entries.delete(key);
  }
}

function entryOf(key: string, load: Load<unknown>): Entry {
  const found = entries.get(key);
  const entry: Entry = found ?? {
    answer: signal(NOTHING),
    load,
    users: 0,
    running: null,
    isFresh: false,
  };
  entry.load = load;
  entries.delete(key);
  entries.set(key, entry);
  for (const [name, { users }] of entries) {
    if (entries.size <= KEPT_UNUSED) break;
    if (users === 0 && name !== key) entries.delete(name);
  }
  return entry;
}

/** Several who ask in one turn ask once. */
function run(entry: Entry): void {
  if (entry.isFresh) return;
  entry.isFresh = true;
  queueMicrotask(() => {
    entry.isFresh = false;
  });
  entry.running?.abort();
  const running = new AbortController();
  entry.running = running;
  entry.answer.value = { ...entry.answer.peek(), pending: true };
  entry.load(running.signal).then(
    (data) => {
      settle(entry, running, { data, failure: undefined, pending: false });
    },
    (error: unknown) => {
      const { data } = entry.answer.peek();
      settle(entry, running, { data, failure: asFailure(error), pending: false });
    },
  );
}

function settle(entry: Entry, running: AbortController, answer: Answer<unknown>): void {
  if (entry.running !== running) return;
  entry.running = null;
  entry.answer.value = answer;
}

function leave(entry: Entry): void {
  entry.users -= 1;
  if (entry.users > 0) return;
  entry.running?.abort();
  entry.running = null;
}

function asFailure(error: unknown): ApiFailure {
  if (error instanceof ApiFailure) return error;
  const detail = error instanceof Error ? error.message : String(error);
  return new ApiFailure(null, { title: 'Error', detail, requestId: null, errors: [] });
}
