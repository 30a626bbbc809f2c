import { preconditionFailure } from './entity-tag';

describe('a precondition', () => {
  it.each([
    ['none', undefined, undefined, 17],
    ['the present version', '"17"', undefined, 17],
    ['one of several', '"3", "17"', undefined, 17],
    ['a tag that a proxy made weak', 'W/"17"', undefined, 17],
    ['anything that is there', '*', undefined, 17],
    ['that nothing is there', undefined, '*', null],
    ['another version than this', undefined, '"3"', 17],
  ])('holds: %s', (_, ifMatch, ifNoneMatch, version) => {
    expect(preconditionFailure({ ifMatch, ifNoneMatch }, version)).toBeNull();
  });

  it.each([
    ['"3"', undefined, 17, 'If-Match is "3", and the present one is "17"'],
    ['17', undefined, 17, 'If-Match is 17, and the present one is "17"'],
    ['*', undefined, null, 'If-Match is *, and nothing is there'],
    [undefined, '*', 17, 'If-None-Match is *, and the present one is "17"'],
  ])(
    'fails: If-Match %s, If-None-Match %s of version %s',
    (ifMatch, ifNoneMatch, version, words) => {
      expect(preconditionFailure({ ifMatch, ifNoneMatch }, version)).toBe(words);
    },
  );
});
