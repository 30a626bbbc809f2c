import { once } from 'node:events';
import { Readable } from 'node:stream';
import { Controller, Get, Module, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type RunningHttpApp, startHttpApp, until } from '../../test/support/http-app';

let opened: Readable[] = [];

/** Says one thing, and then nothing until it is closed. */
function endless(): Readable {
  const stream = new Readable({ read: () => undefined });
  stream.push('x'.repeat(10));
  opened.push(stream);
  return stream;
}

@Controller('streams')
class StreamController {
  @Get('endless')
  endless() {
    return endless();
  }

  @Get('sent')
  sent(@Res() reply: FastifyReply) {
    void reply.type('text/plain').send(endless());
  }

  @Get('broken')
  broken() {
    const stream = endless();
    setTimeout(() => stream.destroy(new Error('no more of it')), 50);
    return stream;
  }

  @Get('never')
  never() {
    return new Readable({
      read() {
        this.destroy(new Error('nothing of it'));
      },
    });
  }
}

@Module({ controllers: [StreamController] })
class Streams {}

describe('answers that are streams', () => {
  let app: RunningHttpApp;
  beforeAll(async () => {
    app = await startHttpApp(Streams);
  });
  beforeEach(() => {
    opened = [];
    app.lines.length = 0;
  });
  afterAll(() => app.close());

  const errors = () => app.lines.filter(({ level }) => level === 'ERROR');

  it.each(['endless', 'sent'])('are closed where only the head is asked for: %s', async (path) => {
    const answer = await fetch(`${app.url}/streams/${path}`, { method: 'HEAD' });
    expect([answer.status, await answer.text()]).toEqual([200, '']);
    expect(opened.map(({ destroyed }) => destroyed)).toEqual([true]);
    expect(errors()).toEqual([]);
  });

  it('are told to the log once when they break off, before or after their first byte', async () => {
    await expect(app.get('/streams/broken').then((answer) => answer.text())).rejects.toThrow();
    expect((await app.get('/streams/never')).status).toBe(500);
    await until(() => errors().length >= 2);
    expect(errors().map(({ message }) => message)).toEqual([
      'no more of it',
      'GET /streams/never failed',
    ]);
  });

  it('are nobody’s fault when their reader leaves', async () => {
    const leaving = new AbortController();
    const answer = await fetch(`${app.url}/streams/endless`, { signal: leaving.signal });
    expect(answer.status).toBe(200);
    const [stream] = opened;
    if (stream === undefined) throw new Error('nothing was opened');
    const closed = once(stream, 'close');
    leaving.abort();
    await closed;
    expect(errors()).toEqual([]);
  });
});
