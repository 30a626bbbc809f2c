import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sloId } from '../domain/slo';
import { problemLine } from '../yaml/problem';
import { FileRegistry } from './file-registry';
import { validatePaths } from './validate-paths';

const SLO = [
  'apiVersion: openslo/v1',
  'kind: SLO',
  'metadata: {name: errors}',
  'spec:',
  '  service: shop',
  '  indicatorRef: errors',
  '  timeWindow: [{duration: 28d, isRolling: true}]',
  '  objectives: [{target: 0.99}]',
].join('\n');

function sli(bad: string, name = 'errors'): string {
  const metric = (query: string): string => `{metricSource: {spec: {query: '${query}'}}}`;
  return [
    'apiVersion: openslo/v1',
    'kind: SLI',
    `metadata: {name: ${name}}`,
    `spec: {ratioMetric: {counter: true, bad: ${metric(bad)}, total: ${metric('t_total')}}}`,
  ].join('\n');
}

describe('OpenSLO documents that refer to those of other files', () => {
  let directory: string;
  let registry: FileRegistry;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'slowburn-references-'));
    registry = new FileRegistry({ directory, datasources: ['default'] });
  });
  afterEach(async () => {
    await registry.stop();
    rmSync(directory, { recursive: true });
  });

  function write(file: string, text: string): void {
    writeFileSync(join(directory, file), text);
  }

  /** `shop/errors e_total`, with `stale` behind it where its last good text is in force. */
  async function inForce(): Promise<readonly string[]> {
    await registry.reload();
    return registry.current().defined.map(({ slo, stale }) => {
      const part = slo.sli.kind === 'ratio' ? slo.sli.part.selector : slo.sli.kind;
      return `${sloId(slo)} ${part}${stale ? ' stale' : ''}`;
    });
  }

  function told(): readonly string[] {
    return registry
      .current()
      .problems.map((problem) => problemLine(problem).replaceAll(directory, 'D'));
  }

  it('follow the other file as it changes, though their own stays the same', async () => {
    write('a-slo.yaml', SLO);
    write('b-sli.yaml', sli('e_total'));
    expect(await inForce()).toEqual(['shop/errors e_total']);
    write('b-sli.yaml', sli('f_total'));
    expect(await inForce()).toEqual(['shop/errors f_total']);
    expect(told()).toEqual([]);
  });

  it('keep their last good definition while the other file is bad or gone', async () => {
    write('a-slo.yaml', SLO);
    write('b-sli.yaml', sli('e_total'));
    await inForce();
    write('b-sli.yaml', sli('rate('));
    expect(await inForce()).toEqual(['shop/errors e_total stale']);
    expect(told()[0]).toMatch(/^D\/b-sli\.yaml:4:\d+: error: spec\.ratioMetric\.bad\.metricSource/);
    rmSync(join(directory, 'b-sli.yaml'));
    expect(await inForce()).toEqual(['shop/errors e_total stale']);
    expect(told()[0]).toBe(
      'D/a-slo.yaml:6:17: error: spec.indicatorRef: indicatorRef is "errors", and no SLI of these files is called so, allowed: the name of one (there is none)',
    );
    write('c-sli.yaml', sli('g_total'));
    expect(await inForce()).toEqual(['shop/errors g_total']);
  });

  it('prefer what their own file says', async () => {
    write('a-sli.yaml', sli('elsewhere_total'));
    write('b-both.yaml', `${SLO}\n---\n${sli('own_total')}`);
    expect(await inForce()).toEqual(['shop/errors own_total']);
  });

  it('are validated together, each fault told once', async () => {
    write('a-slo.yaml', `${SLO}\n---\n${SLO.replace('name: errors', 'name: again')}`);
    write('b-slo.yaml', SLO.replace('name: errors', 'name: more'));
    write('c-sli.yaml', sli('rate('));
    write('d-sli.yaml', sli('e_total', 'unused'));
    const { slos, problems } = await validatePaths([directory]);
    expect(slos).toEqual([]);
    expect(problems.map((problem) => problemLine(problem).replaceAll(directory, 'D'))).toEqual([
      expect.stringMatching(/^D\/c-sli\.yaml:4:\d+: error: .*"rate\("/),
      'D/d-sli.yaml:1:1: warning: not carried over: no SLO of these files refers to the SLI "unused"',
    ]);
  });
});
