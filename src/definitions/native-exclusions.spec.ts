import { counted } from '../../test/support/native-text';
import { problemLine } from '../yaml/problem';
import { readDefinitions } from './read-definitions';

function read(...lines: readonly string[]) {
  const text = ['exclusions:', ...lines.map((line) => `  - { ${line} }`)].join('\n    ');
  return readDefinitions(counted(text), 'f');
}

const ONCE = "from: '2026-11-20T01:00:00Z', to: '2026-11-20T05:00:00Z', reason: r, author: a";
const SUNDAYS =
  "from: '2026-10-04T02:00:00+02:00', rrule: FREQ=WEEKLY;BYDAY=SU, duration: 2h, timeZone: Europe/Berlin, treatment: countGood, reason: r, author: a";

describe('exclusions in a definition', () => {
  it('are once or by a rule, dropped unless told otherwise', () => {
    const { slos, problems } = read(ONCE, SUNDAYS);
    expect(problems).toEqual([]);
    expect(slos[0]?.slo.exclusions).toEqual([
      {
        when: { kind: 'once', from: 1_795_136_400, to: 1_795_150_800 },
        treatment: 'drop',
        reason: 'r',
        author: 'a',
        group: null,
      },
      {
        when: {
          kind: 'recurring',
          from: 1_791_072_000,
          durationSeconds: 7_200,
          rrule: 'FREQ=WEEKLY;BYDAY=SU',
          timeZone: 'Europe/Berlin',
        },
        treatment: 'countGood',
        reason: 'r',
        author: 'a',
        group: null,
      },
    ]);
  });

  it.each([
    [
      "from: '2026-11-20T01:00:00Z', to: '2026-11-20T05:00:00Z', author: a",
      'the key "reason" is missing: why this time does not count',
    ],
    [
      "from: '2026-11-20T01:00:00Z', to: '2026-11-20T05:00:00Z', reason: r",
      'the key "author" is missing: who says so',
    ],
    [
      "from: '2026-11-20', to: '2026-11-20T05:00:00Z', reason: r, author: a",
      'from is "2026-11-20", allowed: an RFC 3339 instant',
    ],
    [
      "from: '2026-11-20T01:00:00Z', reason: r, author: a",
      'to is null, allowed: an instant after from, or rrule with a duration',
    ],
    [`${ONCE}, rrule: FREQ=DAILY`, 'to is "2026-11-20T05:00:00Z", allowed: not beside rrule'],
    [SUNDAYS.replace('WEEKLY', 'HOURLY'), 'rrule FREQ is "HOURLY", allowed: DAILY, WEEKLY'],
    [
      SUNDAYS.replace('Europe/Berlin', 'Berlin'),
      'timeZone is "Berlin", allowed: an IANA time zone',
    ],
    [SUNDAYS.replace('2h', 'two'), 'duration is "two", allowed: a Prometheus duration'],
    [`${ONCE}, treatment: skip`, 'treatment is "skip", allowed: drop, countGood'],
    [
      `${ONCE}, group: { endpoint: /a }`,
      'group holds "endpoint", allowed: none, since groupBy names no label',
    ],
    [`${ONCE}, scope: all`, 'the key "scope" is unknown'],
  ])('{ %s } is refused at its place', (line, words) => {
    const { slos, problems } = read(ONCE, line);
    expect(slos).toEqual([]);
    expect(problems.map(problemLine).join('\n')).toContain(words);
    expect(problems[0]?.path).toMatch(/^slos\[0\]\.exclusions\[1\]/);
  });
});
