import { networkOf, PerAddress } from './per-address';

describe('what is remembered per address', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8::6', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1', 'fe80:0:0:0'],
  ])('counts %s as one with all of %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  it('is the same for all of a /64, and another for the next', () => {
    const counts = new PerAddress(() => ({ count: 0 }));
    counts.of('2001:db8::1').count += 1;
    counts.of('2001:db8::ffff').count += 1;
    expect(counts.of('2001:db8::2').count).toBe(2);
    expect(counts.of('2001:db8:0:1::2').count).toBe(0);
  });

  it('forgets whoever was heard of longest ago, and says so, rather than growing', () => {
    const forgotten: string[] = [];
    let made = 0;
    const names = new PerAddress(
      () => `${(made += 1)}`,
      (name) => forgotten.push(name),
      2,
    );
    expect([names.of('10.0.0.1'), names.of('10.0.0.2')]).toEqual(['1', '2']);
    names.of('10.0.0.1');
    names.of('10.0.0.3');
    expect(forgotten).toEqual(['2']);
    expect([names.of('10.0.0.1'), names.of('10.0.0.2')]).toEqual(['1', '4']);
  });
});
