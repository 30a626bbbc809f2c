import { Turns } from './turns';

describe('turns', () => {
  it('are given in the order of asking, and passed on by a failure too', async () => {
    const turns = new Turns(1);
    const order: number[] = [];
    const outcomes = await Promise.allSettled(
      [1, 2, 3, 4].map((number) =>
        turns.run(async () => {
          order.push(number);
          await Promise.resolve();
          if (number === 2) throw new Error('two');
          return number;
        }),
      ),
    );
    expect(order).toEqual([1, 2, 3, 4]);
    expect(outcomes.map((outcome) => outcome.status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
    await expect(turns.run(async () => 'free again')).resolves.toBe('free again');
  });
});
