import { counted, SLI } from '../../test/support/native-text';
import { problemLine } from '../yaml/problem';
import { readDefinitions } from './read-definitions';

function told(text: string): readonly string[] {
  return readDefinitions(text, 'f').problems.map(problemLine);
}

describe('what is not read is said', () => {
  const versions =
    'slowburn/v1, openslo/v1, openslo/v1alpha, openslo.com/v2alpha, version: prometheus/v1, sloth.slok.dev/v1, pyrra.dev/v1alpha1';

  it.each([
    [
      'version: prometheus/v2',
      `f:1:10: error: version: version is "prometheus/v2" (did you mean "prometheus/v1"?), allowed: ${versions}`,
    ],
    [
      'apiVersion: openslo/v2alpha1',
      `f:1:13: error: apiVersion: apiVersion is "openslo/v2alpha1" (did you mean "openslo/v1alpha"?), allowed: ${versions}`,
    ],
    [
      '- apiVersion: slowburn/v1',
      'f:1:3: error: [0]: slowburn/v1 stands in a list, allowed: a document of its own (---)',
    ],
    [
      'apiVersion: slowburn/v2',
      `f:1:13: error: apiVersion: apiVersion is "slowburn/v2" (did you mean "slowburn/v1"?), allowed: ${versions}`,
    ],
    ['service: x', `f:1:1: error: apiVersion: apiVersion is missing, allowed: ${versions}`],
    ['just text', `f:1:1: error: apiVersion: apiVersion is missing, allowed: ${versions}`],
    [
      'groups: []',
      `f:1:1: error: apiVersion: a file of Prometheus rules defines no SLO, allowed: the definitions that the rules were made from (${versions})`,
    ],
    ['', 'f:1:1: error: the file holds no document; delete it if its SLOs are to go'],
  ])('%j is another language, or none', (text, line) => {
    expect(told(text)).toEqual([line]);
  });

  it('default alert tiers that no outage could set off are switched off with a warning', () => {
    expect(told(counted().replace('99%', '92%'))).toEqual([
      'f:5:16: warning: slos[0].objective: the default page at burn rate 14.4 over 1h and 5m is switched off: at objective 0.92 even a full outage burns at only 12.5',
    ]);
    expect(told(counted('alerting: {page: {disabled: true}}').replace('99%', '92%'))).toEqual([]);
  });
});

describe('faulty SLOs beside good ones', () => {
  const two = (first: string, second: string): string =>
    `apiVersion: slowburn/v1\nservice: api\nslos:\n  - {name: a, objective: ${first}, sli: ${SLI}}\n  - {name: ${second}, objective: 99%, sli: ${SLI}}\n`;

  it('stop only themselves', () => {
    const { slos, faulty, obscured } = readDefinitions(two('100%', 'b'), 'f');
    expect(slos.map(({ slo }) => slo.name)).toEqual(['b']);
    expect(faulty).toEqual(['api/a']);
    expect(obscured).toBe(false);
  });

  it('obscure which SLOs are meant when their name is faulty', () => {
    const { slos, faulty, obscured } = readDefinitions(two('99%', 'B!'), 'f');
    expect(slos.map(({ slo }) => slo.name)).toEqual(['a']);
    expect([faulty, obscured]).toEqual([[], true]);
  });

  it('but a fault of the document stops all of it, since it means something for each', () => {
    const text = two('99%', 'b').replace('service: api', 'service: api\nlables: {a: b}');
    const { slos, obscured } = readDefinitions(text, 'f');
    expect([slos, obscured]).toEqual([[], true]);
  });

  it('with the same name: the first stays, and both places are named', () => {
    const { slos, problems } = readDefinitions(two('99%', 'a'), 'f');
    expect(slos).toHaveLength(1);
    expect(problems.map(problemLine)).toEqual([
      'f:5:5: error: api/a is already defined at f:4:5, which stays in force, allowed: each service/name once',
    ]);
  });

  it('are cut short after two hundred problems', () => {
    const bad = Array.from(
      { length: 300 },
      (_, i) => `  - {name: s${i}, objective: 2, sli: ${SLI}}`,
    );
    const problems = told(`apiVersion: slowburn/v1\nservice: api\nslos:\n${bad.join('\n')}`);
    expect(problems).toHaveLength(201);
    expect(problems.at(-1)).toBe('f:204:29: error: 100 further problems in f are not listed');
  });

  it('that ask an unknown data source are told the known ones', () => {
    const { problems } = readDefinitions(counted('datasource: mian'), 'f', {
      datasources: ['main', 'edge'],
    });
    expect(problems.map(problemLine)).toEqual([
      'f:7:17: error: slos[0].datasource: datasource is "mian", which is not configured (did you mean "main"?), allowed: main, edge',
    ]);
    expect(
      readDefinitions(counted(), 'f', { datasources: ['main'] }).problems.map(problemLine),
    ).toEqual([
      'f:4:5: error: slos[0].datasource: datasource is "default" (since none is named), which is not configured, allowed: main',
    ]);
    expect(readDefinitions(counted(), 'f', { datasources: ['default'] }).problems).toEqual([]);
  });
});
