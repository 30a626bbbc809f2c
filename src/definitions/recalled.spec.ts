import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sloId } from '../domain/slo';
import { FileRegistry } from './file-registry';

const SLI = '{ratio: {total: a_total, bad: b_total}}';

function text(...names: readonly string[]): string {
  const slos = names.map((name) => `  - {name: ${name}, objective: 99%, sli: ${SLI}}\n`);
  return `apiVersion: slowburn/v1\nservice: api\nslos:\n${slos.join('')}`;
}

describe('what files defined before the process began', () => {
  let directory: string;
  let registry: FileRegistry;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'slowburn-recalled-'));
    registry = new FileRegistry({ directory, datasources: ['default'] });
  });
  afterEach(async () => {
    await registry.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  const path = (file: string) => join(directory, file);
  const write = (file: string, content: string) => {
    writeFileSync(path(file), content);
  };
  const kept = (file: string, name: string) => ({ file: path(file), line: 4, text: text(name) });
  const inForce = () =>
    registry.current().defined.map(({ slo, stale }) => `${sloId(slo)}${stale ? ' stale' : ''}`);
  const told = () => registry.current().problems.map(({ message }) => message);

  it.each<[what: string, content: string, inForce: readonly string[]]>([
    ['is no YAML', '{', ['api/a stale', 'api/b stale']],
    ['is empty', '', ['api/a stale', 'api/b stale']],
    ['has one bad SLO', text('a', 'b').replace('99%', '199%'), ['api/b', 'api/a stale']],
    ['lost an SLO', text('a'), ['api/a']],
    ['is good', text('a', 'b'), ['api/a', 'api/b']],
  ])('is told of a file that %s', async (_, content, expected) => {
    write('f.yaml', content);
    await registry.start();
    await registry.recall([kept('f.yaml', 'a'), kept('f.yaml', 'b')]);
    expect(inForce()).toEqual(expected);
    const stale = expected.filter((each) => each.endsWith(' stale')).map((id) => id.split(' ')[0]);
    const stays = `the last good definition stays in force of ${stale.join(', ')}`;
    expect(told().includes(stays)).toBe(stale.length > 0);
  });

  it('is gone with its file', async () => {
    write('f.yaml', text('a'));
    await registry.start();
    await registry.recall([kept('f.yaml', 'a'), kept('gone.yaml', 'b')]);
    expect(inForce()).toEqual(['api/a']);
    expect(told()).toEqual([]);
  });

  it('stays where its directory cannot be read', async () => {
    await registry.stop();
    registry = new FileRegistry({ directory: path('away'), datasources: ['default'] });
    await registry.start();
    await registry.recall([kept('away/f.yaml', 'a')]);
    expect(inForce()).toEqual(['api/a stale']);
    mkdirSync(path('away'));
    await registry.reload();
    expect(inForce()).toEqual([]);
  });

  it('gives way to what a file said since the start', async () => {
    write('f.yaml', text('a').replace('99%', '98%'));
    await registry.start();
    write('f.yaml', '{');
    await registry.recall([kept('f.yaml', 'a')]);
    expect(registry.current().defined.map(({ slo }) => slo.objective.text)).toEqual(['0.98']);
  });

  it('gives way to another file that has the SLO now', async () => {
    write('f.yaml', '{');
    write('g.yaml', text('a'));
    await registry.start();
    await registry.recall([kept('f.yaml', 'a')]);
    expect(inForce()).toEqual(['api/a']);
  });

  it('is forgotten once its file is good again', async () => {
    write('f.yaml', '{');
    await registry.start();
    await registry.recall([kept('f.yaml', 'a')]);
    write('f.yaml', text('b'));
    await registry.reload();
    expect(inForce()).toEqual(['api/b']);
    rmSync(path('f.yaml'));
    await registry.reload();
    expect(inForce()).toEqual([]);
  });

  it('is told once more to no effect', async () => {
    write('f.yaml', '{');
    await registry.start();
    await registry.recall([kept('f.yaml', 'a')]);
    await registry.recall([kept('f.yaml', 'a')]);
    expect(inForce()).toEqual(['api/a stale']);
  });
});
