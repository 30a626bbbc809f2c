import type { lookup } from 'node:dns';
import { guardedLookup } from './guarded-lookup';

/** A name server of ours, which leads anywhere. */
function leadingTo(...addresses: readonly string[]): typeof lookup {
  const answer = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  return ((_host: string, _options: object, done: (error: null, all: object[]) => void) => {
    done(null, answer);
  }) as unknown as typeof lookup;
}

function found(allowPrivate: boolean, ...addresses: readonly string[]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const guarded = guardedLookup(allowPrivate, leadingTo(...addresses));
    guarded('hooks.example', { all: true }, (error, all) => {
      if (error === null) resolve(all);
      else reject(error);
    });
  });
}

describe('a name of a webhook', () => {
  it.each([[['8.8.8.8', '2606:4700::1111']], [['1.1.1.1']]])(
    'may lead to %j',
    async (addresses) => {
      expect(await found(false, ...addresses)).toHaveLength(addresses.length);
    },
  );

  it.each(['127.0.0.1', '10.0.0.1', '::1', '::ffff:192.168.0.1', 'fd00::1'])(
    'may lead to %s only where that is allowed, and not among others',
    async (address) => {
      const refusal = `hooks.example leads to the loopback or private address ${address}, which is not called`;
      await expect(found(false, '8.8.8.8', address)).rejects.toThrow(refusal);
      expect(await found(true, '8.8.8.8', address)).toHaveLength(2);
    },
  );

  it.each(['169.254.169.254', 'fe80::1', '::ffff:a9fe:a9fe'])(
    'may never lead to %s',
    async (address) => {
      await expect(found(true, address)).rejects.toThrow('link-local');
    },
  );

  it('that leads nowhere is that failure', async () => {
    const failure = Object.assign(new Error('ENOTFOUND'), { code: 'ENOTFOUND' });
    const nowhere = ((_host: string, _options: object, done: (error: Error) => void) => {
      done(failure);
    }) as unknown as typeof lookup;
    await new Promise<void>((resolve) => {
      guardedLookup(false, nowhere)('hooks.example', {}, (error) => {
        expect(error).toBe(failure);
        resolve();
      });
    });
  });
});
