import { InvalidValue } from './invalid-value';

describe('an invalid value', () => {
  it.each([
    ['90,5', '"90,5"'],
    [7, '7'],
    [7n, '7'],
    [null, 'null'],
    [undefined, 'undefined'],
    [{ a: 1 }, '{"a":1}'],
  ])('%p is told as %s, with what it is and what is allowed', (value, shown) => {
    const error = new InvalidValue('objective', value, 'a ratio');
    expect(error.message).toBe(`objective is ${shown}, allowed: a ratio`);
    expect(error.name).toBe('InvalidValue');
  });
});
