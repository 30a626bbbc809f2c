import { shutdown } from './shutdown';

const done = () => Promise.resolve();
const hangs = () => new Promise<never>(() => undefined);
const fails = () => Promise.reject(new Error('broken'));

describe('a shutdown', () => {
  it.each([
    ['all is well', done, done, 0, []],
    ['the service hangs', hangs, done, 1, ['the service did not stop within 0.02 s']],
    ['the service fails', fails, done, 1, ['the service did not stop cleanly']],
    ['the database hangs', done, hangs, 1, ['the database did not stop within 0.02 s']],
    ['the database fails', done, fails, 1, ['the database did not stop cleanly']],
  ])('stops the database whatever else: %s', async (_, close, stop, code, told) => {
    const errors: unknown[] = [];
    const stopped: string[] = [];
    const after = (what: string, work: () => Promise<void>) => () => {
      stopped.push(what);
      return work();
    };
    const ended = await shutdown({
      app: { close: after('service', close) },
      database: { stop: after('database', stop) },
      withinMs: 20,
      logger: { error: (message: unknown) => errors.push(message) },
    });
    expect([ended, errors, stopped]).toEqual([code, told, ['service', 'database']]);
  });
});
