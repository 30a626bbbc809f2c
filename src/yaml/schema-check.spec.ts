import { problemLine } from './problem';
import { readYaml } from './read-yaml';
import { compileSchema } from './schema-check';

const check = compileSchema({
  type: 'object',
  additionalProperties: false,
  required: ['name'],
  properties: {
    name: { type: 'string', pattern: '^[a-z]+$', 'x-allowed': 'lower-case letters' },
    count: { type: 'integer', minimum: 1, maximum: 9 },
    mode: { enum: ['fast', 'slow'] },
    every: { type: 'string', format: 'duration' },
    zone: { type: 'string', format: 'time-zone' },
    token: { type: 'string', minLength: 8, 'x-secret': true },
    list: {
      type: 'array',
      minItems: 1,
      uniqueItems: true,
      items: { type: 'string', minLength: 1 },
    },
    labels: {
      type: 'object',
      propertyNames: { pattern: '^[a-z]+$', 'x-allowed': 'lower-case letters' },
      additionalProperties: { type: 'string' },
    },
  },
});

function found(text: string): readonly string[] {
  const [document] = readYaml(text, 'f').documents;
  if (document === undefined) throw new Error('there is no document');
  return check(document).map(problemLine);
}

describe('a document that breaks its schema', () => {
  it.each([
    ['count: 3', ['f:1:1: error: the key "name" is missing']],
    ['name: A', ['f:1:7: error: name: name is "A", allowed: lower-case letters']],
    ['name: 7', ['f:1:7: error: name: name is 7, allowed: lower-case letters (put it in quotes)']],
    ['name: [a]', ['f:1:7: error: name: name is a list of 1, allowed: lower-case letters']],
    ['name:', ['f:1:6: error: name: name is empty, allowed: lower-case letters']],
    [
      'name: a\nconut: 3',
      [
        'f:2:1: error: conut: the key "conut" is unknown (did you mean "count"?), allowed: name, count, mode, every, zone, token, list, labels',
      ],
    ],
    [
      'name: a\nzzzzzz: 3',
      [
        'f:2:1: error: zzzzzz: the key "zzzzzz" is unknown, allowed: name, count, mode, every, zone, token, list, labels',
      ],
    ],
    ['name: a\ncount: 0', ['f:2:8: error: count: count is 0, allowed: 1 or more']],
    ['name: a\ncount: 10', ['f:2:8: error: count: count is 10, allowed: 9 or less']],
    ['name: a\ncount: 1.5', ['f:2:8: error: count: count is 1.5, allowed: a whole number']],
    ['name: a\nmode: fats', ['f:2:7: error: mode: mode is "fats", allowed: fast, slow']],
    [
      'name: a\nevery: 5 minutes',
      [
        'f:2:8: error: every: every is "5 minutes", allowed: a Prometheus duration above zero such as 500ms, 5m, 1h30m or 30d',
      ],
    ],
    [
      'name: a\nzone: +01:00',
      [
        'f:2:7: error: zone: zone is "+01:00", allowed: an IANA time zone such as UTC, Europe/Berlin or America/Sao_Paulo',
      ],
    ],
    [
      'name: a\nlist: []',
      ['f:2:7: error: list: list is a list of 0, allowed: a list of 1 or more'],
    ],
    [
      'name: a\nlist: [a, b, a]',
      ['f:2:7: error: list: list is a list of 3, allowed: each entry once (1 and 3 are the same)'],
    ],
    [
      'name: a\nlist: [a, ""]',
      ['f:2:11: error: list[1]: entry 2 is "", allowed: text that is not empty'],
    ],
    [
      'name: a\nlabels: {B: x}',
      ['f:2:10: error: labels.B: the name "B" is wrong, allowed: lower-case letters'],
    ],
    [
      'name: a\nlabels: {b: true}',
      ['f:2:13: error: labels.b: b is true, allowed: text (put it in quotes)'],
    ],
    ['- a', ['f:1:1: error: the document is a list of 1, allowed: a mapping of keys to values']],
  ])('%j is told so', (text, messages) => {
    expect(found(text)).toEqual(messages);
  });

  it('is told every fault at once', () => {
    expect(found('name: A\ncount: 0\nmode: x\nlabels: {B: 1}\n')).toHaveLength(5);
  });

  it('does not show a secret', () => {
    expect(found('name: a\ntoken: hunter2')).toEqual([
      'f:2:8: error: token: token is not shown here, allowed: 8 characters or more',
    ]);
  });

  it('passes when it keeps the schema', () => {
    expect(found('name: a\ncount: 9\nevery: 5m\nzone: Europe/Berlin\nlabels: {b: "1"}\n')).toEqual(
      [],
    );
  });
});
