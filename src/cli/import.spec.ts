import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDefinitions } from '../definitions/read-definitions';
import { CouldNotRun } from './could-not-run';
import { importDefinitions } from './import';

const SLI = 'apiVersion: openslo/v1\nkind: SLI\nmetadata: {name: errors}\n';
const RATIO =
  'spec: {ratioMetric: {counter: true, bad: {metricSource: {spec: {query: e}}}, total: {metricSource: {spec: {query: t}}}}}\n';
const SLO =
  'apiVersion: openslo/v1\nkind: SLO\nmetadata: {name: errors}\nspec:\n  service: shop\n  indicatorRef: errors\n  timeWindow: [{duration: 28d, isRolling: true}]\n  objectives: [{target: 0.99}]\n';
const SLOTH =
  'version: prometheus/v1\nservice: shop\nslos:\n  - name: errors\n    objective: 99\n    sli: {events: {error_query: "sum(rate(e[{{.window}}]))", total_query: "sum(rate(t[{{.window}}]))"}}\n';

describe('slowburn import', () => {
  let directory: string;
  let out: string;
  let told: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'slowburn-import-'));
    [out, told] = ['', ''];
    const keep = (text: unknown) => ((out += String(text)), true);
    jest.spyOn(process.stdout, 'write').mockImplementation(keep);
    jest.spyOn(console, 'log').mockImplementation(keep);
    jest.spyOn(console, 'error').mockImplementation((text: unknown) => {
      told += `${String(text).replaceAll(directory, 'D')}\n`;
    });
  });
  afterEach(() => {
    jest.restoreAllMocks();
    rmSync(directory, { recursive: true });
  });

  function file(name: string, text: string): string {
    writeFileSync(join(directory, name), text);
    return join(directory, name);
  }

  it('prints native YAML that defines the same, and warnings beside it', async () => {
    expect(await importDefinitions([file('a.yaml', SLOTH)], { from: 'sloth' })).toBe(0);
    const { slos, problems } = readDefinitions(out, 'out');
    expect(problems).toEqual([]);
    expect(slos[0]?.slo).toMatchObject({
      service: 'shop',
      name: 'errors',
      objective: { text: '0.99' },
      window: { kind: 'rolling', seconds: 2_592_000 },
      sli: { kind: 'ratio', total: 't', part: { role: 'bad', selector: 'e' } },
    });
    expect(told).toBe(
      'D/a.yaml:4:3: warning: slos: the SLO window is not written in Sloth files but given to the process: 30d is taken; slowburn import --window sets another\n',
    );
  });

  it('takes the window that Sloth was given, and then has nothing to say of it', async () => {
    const paths = [file('a.yaml', SLOTH)];
    expect(await importDefinitions(paths, { from: 'sloth', window: '28d' })).toBe(0);
    expect(told).toBe('');
    expect(out).toContain('window: 28d');
  });

  it('reads files that refer to each other, in whatever order they come', async () => {
    file('a-slo.yaml', SLO);
    file('b-sli.yaml', SLI + RATIO);
    expect(await importDefinitions([directory], { from: 'openslo' })).toBe(0);
    expect(readDefinitions(out, 'out').slos).toHaveLength(1);
    expect(told).toBe('');
  });

  it('says no to what it cannot read, where it stands, and prints the rest', async () => {
    const bad = SLOTH.replace('shop', 'other').replace('99', '0.999');
    const paths = [file('a.yaml', SLOTH), file('b.yaml', bad), file('c.yaml', SLI + RATIO)];
    expect(await importDefinitions(paths, { from: 'sloth', window: '30d' })).toBe(1);
    expect(readDefinitions(out, 'out').slos.map(({ slo }) => slo.service)).toEqual(['shop']);
    expect(told.split('\n')).toEqual([
      'D/b.yaml:5:16: error: slos[0].objective: objective is "0.999", which Sloth takes as 0.999 %, allowed: a percentage such as 99.9 (was 99.9 meant?)',
      'D/c.yaml:1:13: error: apiVersion: apiVersion is "openslo/v1", allowed: version: prometheus/v1, sloth.slok.dev/v1',
      '',
    ]);
  });

  it('answers in JSON, problems and all', async () => {
    const paths = [file('a.yaml', SLOTH)];
    expect(await importDefinitions(paths, { from: 'sloth', json: true })).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      files: paths,
      documents: [{ apiVersion: 'slowburn/v1', service: 'shop', slos: [{ name: 'errors' }] }],
      problems: [{ severity: 'warning', path: 'slos' }],
    });
  });

  it.each([
    ['another tool', { from: 'nobl9' }, '--from is "nobl9", allowed: sloth, pyrra, openslo'],
    ['a short window', { from: 'sloth', window: '1d' }, '--window: window is "1d", allowed: 3d'],
    ['no duration', { from: 'sloth', window: 'month' }, '--window: duration is "month"'],
  ])('cannot run with %s', async (_, options, message) => {
    const attempt = importDefinitions([file('a.yaml', SLOTH)], options);
    await expect(attempt).rejects.toThrow(CouldNotRun);
    await expect(attempt).rejects.toThrow(message);
  });

  it('cannot run on what does not exist', async () => {
    const attempt = importDefinitions([join(directory, 'nowhere')], { from: 'pyrra' });
    await expect(attempt).rejects.toThrow(CouldNotRun);
  });
});
