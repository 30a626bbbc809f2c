import { Reader } from './reader';

const BEAT = Buffer.from(': still here\n\n');

const turn = () => new Promise(setImmediate);

describe('a reader of events', () => {
  it('is given up after a minute without a byte taken, however little waits', async () => {
    const reader = new Reader();
    reader.tell(Buffer.from('hello'));
    for (let k = 0; k < 4; k += 1) {
      await turn();
      expect(reader.destroyed).toBe(false);
      reader.beat(BEAT);
    }
    reader.beat(BEAT);
    expect(reader.destroyed).toBe(true);
  });

  it('is kept while it takes a little now and then, and while nothing waits', async () => {
    const slow = new Reader();
    slow.tell(Buffer.alloc(1_000));
    for (let k = 0; k < 50; k += 1) {
      if (k % 3 === 0) slow.read(1);
      await turn();
      slow.beat(BEAT);
    }
    expect(slow.destroyed).toBe(false);
    const prompt = new Reader();
    for (let k = 0; k < 50; k += 1) {
      prompt.read();
      await turn();
      prompt.beat(BEAT);
    }
    expect(prompt.destroyed).toBe(false);
    for (const reader of [slow, prompt]) reader.destroy();
  });

  it('is told nothing after its end', async () => {
    const reader = new Reader();
    reader.tell(Buffer.from('last'));
    reader.end();
    reader.end();
    reader.tell(Buffer.from('late'));
    reader.beat(BEAT);
    expect(String(Buffer.concat(await reader.toArray()))).toBe('last');
  });
});
