import { counted, document, SLI, withSli } from '../../test/support/native-text';
import { problemLine } from '../yaml/problem';
import { readDefinitions } from './read-definitions';

function told(text: string): readonly string[] {
  return readDefinitions(text, 'f').problems.map(problemLine);
}

describe('an objective that cannot be', () => {
  const ALLOWED =
    /^f:5:16: error: slos\[0\]\.objective: objective is ".*", allowed: a ratio between 0 and 1/;

  it.each([
    '0',
    '1',
    '100%',
    '0%',
    '1.0',
    '-0.5',
    '150%',
    '0.0',
    '99,9%',
    '100',
    '1e-1',
    '.5',
    '"0.9.9"',
  ])('%s is refused', (objective) => {
    expect(told(document(`objective: ${objective}`, `sli: ${SLI}`))).toEqual([
      expect.stringMatching(ALLOWED),
    ]);
  });

  it('asks whether a percentage without its sign was meant as one', () => {
    expect(told(document('objective: 99.9', `sli: ${SLI}`))[0]).toMatch(/\(was 99\.9% meant\?\)$/);
  });

  it.each([
    ['.nan', /the value is NaN, allowed: a finite number$/],
    ['.inf', /the value is Infinity, allowed: a finite number$/],
    ['true', /objective is true, allowed: a ratio such as 0\.995 or a percentage such as 99\.5%$/],
    ['', /objective is empty, allowed: a ratio such as 0\.995/],
    ['[0.9]', /objective is a list of 1, allowed: a ratio such as 0\.995/],
  ])('%s is no number', (objective, message) => {
    expect(told(document(`objective: ${objective}`, `sli: ${SLI}`))).toEqual([
      expect.stringMatching(message),
    ]);
  });
});

describe('a definition that cannot be counted is refused at its place', () => {
  const whole: readonly (readonly [string, string, string])[] = [
    [
      'a window too short for alerts',
      counted('window: 2d'),
      'f:7:13: error: slos[0].window: window is "2d", allowed: 3d or longer, since shorter ones leave no room for alert windows',
    ],
    [
      'a window of no kind',
      counted('window: year'),
      'f:7:13: error: slos[0].window: window is "year", allowed: a rolling window such as 7d, 28d or 30d, or week, month, quarter',
    ],
    [
      'a zone beside a rolling window',
      counted('timeZone: Europe/Berlin'),
      'f:7:15: error: slos[0].timeZone: timeZone is "Europe/Berlin" beside the rolling window "30d", allowed: only beside week, month or quarter',
    ],
    [
      'a zone that does not exist',
      counted('window: month', 'timeZone: Europe/Atlantis'),
      'f:8:15: error: slos[0].timeZone: timeZone is "Europe/Atlantis", allowed: an IANA time zone such as UTC, Europe/Berlin or America/Sao_Paulo',
    ],
    [
      'an unknown key',
      counted('desciption: x'),
      'f:7:5: error: slos[0].desciption: the key "desciption" is unknown (did you mean "description"?), allowed: name, description, team, labels, objective, window, timeZone, sli, groupBy, budgeting, slice, sliceObjective, noData, minEvents, minBadEvents, datasource, counting, alerting, exclusions, budgetPolicy, renamedFrom, dependsOn',
    ],
    [
      'a reserved label',
      counted('groupBy: [__name__]'),
      "f:7:15: error: slos[0].groupBy[0]: entry 1 is \"__name__\", allowed: a Prometheus label name: letters, digits and '_', not beginning with a digit or '__'",
    ],
    [
      'an earlier name that could be none',
      counted('renamedFrom: Old Name'),
      'f:7:18: error: slos[0].renamedFrom: renamedFrom is "Old Name", allowed: the name it had before, or service/name where the service was another one',
    ],
    [
      'its own name as the earlier one',
      counted('renamedFrom: api/one'),
      'f:7:18: error: slos[0].renamedFrom: renamedFrom is "api/one", its own name, allowed: the name it had before',
    ],
    [
      'a label that is no text',
      counted('labels: {tier: 1}'),
      'f:7:20: error: slos[0].labels.tier: tier is 1, allowed: text (put it in quotes)',
    ],
    [
      'no kind of SLI',
      document('objective: 99%', 'sli: {}'),
      'f:6:10: error: slos[0].sli: sli is an empty mapping, allowed: exactly one of ratio, latency, availability, threshold, query',
    ],
    [
      'noData where nothing is counted in time',
      counted('noData: bad'),
      'f:7:13: error: slos[0].noData: noData is "bad", allowed: only for SLIs counted in time (availability, threshold, dependsOn, or budgeting: timeslices or ratio-timeslices)',
    ],
    [
      'a slice without slices',
      counted('slice: 5m'),
      'f:7:12: error: slos[0].slice: slice is "5m", allowed: only beside budgeting: timeslices or ratio-timeslices',
    ],
    [
      'a slice objective without slices',
      counted('budgeting: ratio-timeslices', 'sliceObjective: 99%'),
      'f:8:21: error: slos[0].sliceObjective: sliceObjective is "99%", allowed: only beside budgeting: timeslices',
    ],
    [
      'slices without an objective',
      counted('budgeting: timeslices'),
      'f:7:16: error: slos[0].budgeting: budgeting is "timeslices" without sliceObjective, allowed: beside the share of events that makes a slice good, such as sliceObjective: 99%',
    ],
    [
      'a crooked slice',
      counted('budgeting: ratio-timeslices', 'slice: 7m'),
      'f:8:12: error: slos[0].slice: slice is "7m", allowed: whole minutes that divide a day, such as 1m, 5m, 10m or 1h',
    ],
    [
      'a slice objective of 100 %',
      counted('budgeting: timeslices', 'sliceObjective: 100%'),
      'f:8:21: error: slos[0].sliceObjective: objective is "100%", allowed: a ratio between 0 and 1 such as 0.995, or a percentage between 0% and 100% such as 99.5%, both ends excluded',
    ],
    [
      'no fewest events',
      counted('minEvents: 0'),
      'f:7:16: error: slos[0].minEvents: minEvents is 0, allowed: 1 or more',
    ],
    [
      'a runbook that a browser would run',
      counted('alerting: {runbook: "javascript:alert(1)"}'),
      'f:7:25: error: slos[0].alerting.runbook: runbook is "javascript:alert(1)", allowed: an http or https address, or a path such as docs/runbooks/api.md',
    ],
    [
      'no identity',
      counted('counting: {identity: []}'),
      'f:7:26: error: slos[0].counting.identity: identity is a list of 0, allowed: a list of 1 or more',
    ],
    [
      'le as a group of a histogram',
      document(
        'objective: 99%',
        'groupBy: [path, le]',
        'sli: {latency: {histogram: h, threshold: 1s}}',
      ),
      'f:6:21: error: slos[0].groupBy[1]: groupBy holds le, allowed: labels other than le, which tells the buckets of the histogram apart',
    ],
  ];

  it.each(whole)('%s', (_, text, line) => {
    expect(told(text)).toEqual([line]);
    expect(readDefinitions(text, 'f').slos).toEqual([]);
  });

  it('budgeting in slices on top of a threshold', () => {
    const [line] = told(
      `${withSli('threshold: {query: a, op: lt, value: 1}')}\n    budgeting: ratio-timeslices`,
    );
    expect(line).toBe(
      'f:8:16: error: slos[0].budgeting: budgeting is "ratio-timeslices", allowed: occurrences, since a threshold SLI counts slices already',
    );
  });

  it('with five faults in one SLO, all five are told, in the order of the text', () => {
    const text = [
      'apiVersion: slowburn/v1',
      'service: api',
      'slos:',
      '  - name: One',
      '    objective: 99.9',
      '    window: 1d',
      '    ownr: me',
      '    sli: {ratio: {total: "a{", bad: sum(b)}}',
    ].join('\n');
    expect(told(text).map((line) => /^f:(\d+:\d+): error: ([^:]+):/.exec(line)?.slice(1))).toEqual([
      ['4:11', 'slos[0].name'],
      ['5:16', 'slos[0].objective'],
      ['6:13', 'slos[0].window'],
      ['7:5', 'slos[0].ownr'],
      ['8:29', 'slos[0].sli.ratio.total'],
      ['8:37', 'slos[0].sli.ratio.bad'],
    ]);
  });
});
