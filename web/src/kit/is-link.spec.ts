import { hostOf, isLink } from './is-link';

describe('an address from outside', () => {
  it.each(['https://runbooks.example/errors', 'HTTP://x', '/docs/runbooks/burn'])(
    'may be followed: %s',
    (text) => {
      expect(isLink(text)).toBe(true);
    },
  );

  it.each(['javascript:alert(1)', '//elsewhere.example', '/\\elsewhere.example', 'docs/a.md', ''])(
    'may not: %s',
    (text) => {
      expect(isLink(text)).toBe(false);
    },
  );

  it('is told by its host', () => {
    expect(hostOf('https://ci.example:8443/build/7')).toBe('ci.example:8443');
    expect(hostOf('nonsense')).toBe('nonsense');
  });
});
