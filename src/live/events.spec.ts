import { connect, type Socket } from 'node:net';
import { Module } from '@nestjs/common';
import { EventReader } from '../../test/support/event-reader';
import { figuresOf } from '../../test/support/figures';
import { type RunningHttpApp, startHttpApp } from '../../test/support/http-app';
import { sloWith } from '../../test/support/slos';
import { Board } from '../evaluation/board';
import type { Figures } from '../evaluation/figures';
import { LedgerUnavailable } from '../ledger/ledger';
import { EventsController } from './events.controller';
import { Feed } from './feed';
import { MOST_OF_ONE_CALLER } from './open-streams';

const HOUR = 3_600;
const AT = Date.parse('2026-10-31T00:00:00Z') / 1000;
const ADMIN = 'an-admin-token-of-thirty-two-characters';
const slo = sloWith({ objective: '0.99' });

describe('GET /events', () => {
  let app: RunningHttpApp;
  let board: Board;
  let feed: Feed;
  let good: Figures;
  let bad: Figures;

  const start = async (heartbeatMs: number) => {
    board = new Board();
    feed = new Feed(board, { heartbeatMs, mostWaitingBytes: 64 * 1024 });
    @Module({ controllers: [EventsController], providers: [{ provide: Feed, useValue: feed }] })
    class Live {}
    app = await startHttpApp(Live, { adminToken: ADMIN });
    good = await figuresOf(slo, (stream) => stream.until(AT, HOUR, { good: 100 }));
    bad = await figuresOf(slo, (stream) => stream.until(AT, HOUR, { good: 50, bad: 50 }));
  };
  beforeEach(() => start(20));
  afterEach(() => app.close());

  const tick = (figures: readonly Figures[], at = AT) => {
    board.replace({ figures, evaluatedAt: at, evaluationSeconds: 0 });
    feed.figures();
  };
  const open = (headers: Readonly<Record<string, string>> = {}, token = ADMIN) =>
    EventReader.open(`${app.url}/api/v1/events`, {
      ...{ authorization: `Bearer ${token}`, 'accept-encoding': 'gzip' },
      ...headers,
    });

  /** A connection that has read the first lines and then stops. */
  const readingNothing = async (): Promise<Socket> => {
    const { hostname, port } = new URL(app.url);
    const socket = connect(Number(port), hostname);
    socket.write(
      `GET /api/v1/events HTTP/1.1\r\nhost: ${hostname}\r\nauthorization: Bearer ${ADMIN}\r\n\r\n`,
    );
    await new Promise((resolve) => socket.once('data', resolve));
    return socket.pause();
  };
  /** 50 MB, of which the sockets hold a few. */
  const overfill = async (pieces = 200) => {
    const severity = 'x'.repeat(256 * 1024);
    for (let k = 0; k < pieces; k += 1) {
      feed.alerts([{ ...alert(String(k)), severity }]);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };

  it('says hello, then which rows each tick changed, also when none did', async () => {
    const reader = await open();
    expect(reader.answer.headers.get('content-type')).toBe('text/event-stream');
    expect(reader.answer.headers.get('content-encoding')).toBeNull();
    expect(reader.answer.headers.get('cache-control')).toContain('no-store');
    expect(await reader.until('hello')).toMatchObject({ data: { at: null, collection: null } });

    tick([good]);
    const row = { slo: 'shop/api-errors', group: null, status: 'healthy', sli: 1 };
    expect((await reader.until('figures')).data).toEqual({
      at: '2026-10-31T00:00:00Z',
      rows: [{ ...row, remainingRatio: 1, burnRate: 0, firing: 0, paging: 0 }],
      gone: [],
    });
    tick([good], AT + 60);
    expect((await reader.until('figures')).data).toEqual({
      ...{ at: '2026-10-31T00:01:00Z', rows: [], gone: [] },
    });
    tick([bad], AT + 120);
    expect((await reader.until('figures')).data).toMatchObject({
      rows: [{ status: 'exhausted', sli: 0.5, burnRate: 50 }],
    });
    tick([], AT + 180);
    expect((await reader.until('figures')).data).toMatchObject({
      ...{ rows: [], gone: [{ slo: 'shop/api-errors', group: null }] },
    });
    reader.close();
  });

  it('tells alerts, and collection where it is another one', async () => {
    const reader = await open();
    await reader.until('hello');
    const reading = { done: 10, total: 20, sources: [{ name: 'default', up: true }] };
    feed.collection(reading);
    feed.collection({ ...reading });
    feed.collection({ ...reading, done: 20 });
    feed.alerts([]);
    feed.alerts([alert('1')]);
    expect((await reader.until('collection')).data).toEqual(reading);
    expect((await reader.until('collection')).data).toMatchObject({ done: 20 });
    expect((await reader.until('alerts')).data).toEqual({ items: [alert('1')] });
    reader.close();
    const later = await open();
    expect(await later.until('hello')).toMatchObject({ data: { collection: { done: 20 } } });
    later.close();
  });

  it('tells whoever comes back what was missed, or to ask for everything again', async () => {
    tick([good]);
    const first = await open();
    const { id } = await first.until('hello');
    first.close();
    tick([bad], AT + 60);
    const second = await open({ 'last-event-id': id ?? '' });
    expect((await second.until('figures')).data).toMatchObject({ rows: [{ sli: 0.5 }] });
    expect((await second.until('hello')).data).toMatchObject({ at: '2026-10-31T00:01:00Z' });
    second.close();
    for (let k = 0; k < 40; k += 1) tick([k % 2 === 0 ? good : bad], AT + 120 + k * 60);
    for (const gone of [id ?? '', 'other.1', 'nonsense', `${(id ?? '').split('.')[0] ?? ''}.999`]) {
      const late = await open({ 'last-event-id': gone });
      expect((await late.until('reload')).data).toEqual({ reason: 'unknown-id' });
      late.close();
    }
  });

  it('tells whoever missed more than may wait to ask for everything again', async () => {
    tick([good]);
    const first = await open();
    const { id } = await first.until('hello');
    first.close();
    await overfill(1);
    const back = await open({ 'last-event-id': id ?? '' });
    // After how long to come back.
    await back.next();
    expect(await back.next()).toMatchObject({ event: 'reload', data: { reason: 'unknown-id' } });
    expect(await back.next()).toMatchObject({ event: 'hello' });
    back.close();
  });

  it('is no stream for whoever asks only for its head', async () => {
    for (let k = 0; k <= MOST_OF_ONE_CALLER; k += 1) {
      const answer = await fetch(`${app.url}/api/v1/events`, {
        method: 'HEAD',
        headers: { authorization: `Bearer ${ADMIN}` },
      });
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        ...[200, 'text/event-stream'],
      ]);
    }
    expect(feed.listeners()).toBe(0);
  });

  it('keeps a quiet connection with comments', async () => {
    const reader = await open();
    await reader.until('hello');
    expect(await reader.next()).toMatchObject({ event: 'comment' });
    reader.close();
  });

  it('drops what a slow reader does not take, and tells them to ask again', async () => {
    await app.close();
    await start(60_000);
    const socket = await readingNothing();
    await overfill();
    let text = '';
    socket.setEncoding('latin1').on('data', (chunk: string) => (text += chunk));
    socket.resume();
    while (!text.includes('"reason":"slow"')) {
      await new Promise((resolve) => socket.once('data', resolve));
    }
    expect(text.length).toBeLessThan(30 * 1024 * 1024);
    text = '';
    tick([good]);
    while (!text.includes('event: figures')) {
      await new Promise((resolve) => socket.once('data', resolve));
    }
    socket.destroy();
  });

  it('gives up a reader who takes nothing any more', async () => {
    const socket = await readingNothing();
    await overfill();
    while (feed.listeners() > 0) await new Promise((resolve) => setImmediate(resolve));
    socket.destroy();
  });

  it('asks once for all who have the same token, whatever comes of it', async () => {
    await app.close();
    await start(60_000);
    const token = app.tokens.make('on-call', 'viewer');
    const readers = await Promise.all(Array.from({ length: 5 }, () => open({}, token)));
    for (const reader of readers) await reader.until('hello');
    const { looks } = app.tokens;
    await feed.beat();
    expect(app.tokens.looks).toBe(looks + 1);
    const admin = await open();
    await admin.until('hello');
    app.tokens.failure = new TypeError('a fault of our own');
    await feed.beat();
    for (const reader of readers) await reader.end();
    expect(await admin.next()).toMatchObject({ event: 'comment' });
    expect(app.lines.filter(({ level }) => level === 'ERROR')).toMatchObject([
      { message: 'a fault of our own' },
    ]);
    app.tokens.failure = null;
    admin.close();
  });

  it('lets go of whoever leaves, and of their place', async () => {
    for (let k = 0; k < 3; k += 1) {
      const readers = await Promise.all(Array.from({ length: MOST_OF_ONE_CALLER }, () => open()));
      await expect(open()).rejects.toThrow(/429.*30 streams of admin from here are open/);
      const viewer = await open({}, app.tokens.make(`viewer-${k}`, 'viewer'));
      for (const reader of [...readers, viewer]) reader.close();
      while (feed.listeners() > 0) await new Promise((resolve) => setImmediate(resolve));
    }
  });

  it('ends when the token is revoked, and not while the database cannot say', async () => {
    const reader = await open({}, app.tokens.make('on-call', 'viewer'));
    await reader.until('hello');
    app.tokens.failure = new LedgerUnavailable(new Error('away'));
    await reader.next();
    const { looks } = app.tokens;
    while (app.tokens.looks < looks + 3) await reader.next();
    app.tokens.failure = null;
    app.tokens.take('on-call');
    await reader.end();
    expect(feed.listeners()).toBe(0);
  });

  it('ends when the service stops', async () => {
    const reader = await open();
    await reader.until('hello');
    await Promise.all([app.close(), reader.end()]);
    expect(feed.listeners()).toBe(0);
  });
});

function alert(id: string) {
  return {
    ...{ id, alertname: 'SLOErrorBudgetBurn', slo: 'shop/api-errors', group: null },
    ...{ severity: 'page', state: 'firing' as const },
    ...{ startedAt: '2026-10-31T00:00:00.000Z', endedAt: null },
  };
}
