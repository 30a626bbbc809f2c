import { rowKey } from './slo';

describe('the key of a row', () => {
  it('is one for a group, whatever order its labels come in, and another for any other', () => {
    const keys = [
      rowKey('shop/uptime', null),
      rowKey('shop/uptime', { a: '1', b: '2' }),
      rowKey('shop/uptime', { a: '1', b: '' }),
      rowKey('shop/uptime', { a: '1' }),
      rowKey('shop/up', null),
    ];
    expect(new Set(keys).size).toBe(keys.length);
    expect(rowKey('shop/uptime', { b: '2', a: '1' })).toBe(keys[1]);
    expect(rowKey('shop/uptime', {})).toBe(keys[0]);
  });
});
