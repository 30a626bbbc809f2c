import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sloId } from '../domain/slo';
import { problemLine } from '../yaml/problem';
import { FileRegistry } from './file-registry';
import type { Definitions } from './registry';

const SLI = '{ratio: {total: a_total, bad: b_total}}';

function text(...slos: readonly string[]): string {
  return `apiVersion: slowburn/v1\nservice: api\nslos:\n${slos.map((slo) => `  - ${slo}\n`).join('')}`;
}

function slo(name: string, objective = '99%'): string {
  return `{name: ${name}, objective: ${objective}, sli: ${SLI}}`;
}

describe('the definition files of a directory', () => {
  let directory: string;
  let registry: FileRegistry;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'slowburn-slos-'));
    registry = registryOf(directory);
  });
  afterEach(async () => {
    await registry.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  function registryOf(path: string, pollMilliseconds = 3_600_000): FileRegistry {
    return new FileRegistry({
      directory: path,
      datasources: ['default'],
      quietMilliseconds: 20,
      pollMilliseconds,
    });
  }

  function write(file: string, content: string | Buffer): void {
    writeFileSync(join(directory, file), content);
  }

  /** `api/a 0.99`, with `stale` behind it where its last good text is in force. */
  function inForce(): readonly string[] {
    return registry
      .current()
      .defined.map(
        (each) => `${sloId(each.slo)} ${each.slo.objective.text}${each.stale ? ' stale' : ''}`,
      );
  }

  function told(): readonly string[] {
    return registry
      .current()
      .problems.map((problem) => problemLine(problem).replaceAll(directory, 'D'));
  }

  function nextChange(): Promise<Definitions> {
    return new Promise((resolve) => {
      const off = registry.onChange((definitions) => {
        off();
        resolve(definitions);
      });
    });
  }

  it('are read at any depth, in the order of their names, dot files and other files left alone', async () => {
    mkdirSync(join(directory, 'sub', 'deep'), { recursive: true });
    mkdirSync(join(directory, '.git'));
    write('b.yml', text(slo('b')));
    write('a.yaml', text(slo('a')));
    write(
      'sub/deep/c.json',
      JSON.stringify({
        apiVersion: 'slowburn/v1',
        service: 'api',
        slos: [{ name: 'c', objective: '99%', sli: { availability: { up: 'up' } } }],
      }),
    );
    write('.git/x.yaml', 'nonsense');
    write('.hidden.yaml', 'nonsense');
    write('README.md', 'nonsense');
    await registry.start();
    expect(inForce()).toEqual(['api/a 0.99', 'api/b 0.99', 'api/c 0.99']);
    expect(told()).toEqual([]);
    expect(registry.current().defined[0]?.place).toEqual({
      file: join(directory, 'a.yaml'),
      line: 4,
      column: 5,
    });
  });

  it('are read again when one changes, comes or goes', async () => {
    write('a.yaml', text(slo('a')));
    await registry.start();
    let changed = nextChange();
    write('a.yaml', text(slo('a', '95%'), slo('b')));
    await changed;
    expect(inForce()).toEqual(['api/a 0.95', 'api/b 0.99']);
    changed = nextChange();
    write('c.yaml', text(slo('c')));
    await changed;
    expect(inForce()).toEqual(['api/a 0.95', 'api/b 0.99', 'api/c 0.99']);
    changed = nextChange();
    rmSync(join(directory, 'a.yaml'));
    await changed;
    expect(inForce()).toEqual(['api/c 0.99']);
  });

  it('are seen to change in a new sub-directory', async () => {
    await registry.start();
    let changed = nextChange();
    mkdirSync(join(directory, 'sub'));
    write('sub/a.yaml', text(slo('a')));
    await changed;
    changed = nextChange();
    write('sub/a.yaml', text(slo('a', '95%')));
    await changed;
    expect(inForce()).toEqual(['api/a 0.95']);
  });

  it('keep their last good text in force when one turns bad, and say so with the place', async () => {
    write('a.yaml', text(slo('a'), slo('b')));
    write('z.yaml', text(slo('z')));
    await registry.start();
    write('a.yaml', `${text(slo('a', '95%'))}  - {name: b, objective: [\n`);
    await registry.reload();
    expect(inForce()).toEqual(['api/z 0.99', 'api/a 0.99 stale', 'api/b 0.99 stale']);
    expect(told()[0]).toMatch(/^D\/a\.yaml:\d+:\d+: error: not valid YAML/);
    expect(told().at(-1)).toMatch(
      /^D\/a\.yaml:\d+:\d+: warning: the last good definition stays in force of api\/a, api\/b$/,
    );

    await registry.reload();
    expect(inForce()).toEqual(['api/z 0.99', 'api/a 0.99 stale', 'api/b 0.99 stale']);

    write('a.yaml', text(slo('a', '95%')));
    await registry.reload();
    expect(inForce()).toEqual(['api/a 0.95', 'api/z 0.99']);
    expect(told()).toEqual([]);
  });

  it('keep the last good text of one bad SLO only, while its neighbours are renewed or go', async () => {
    write('a.yaml', text(slo('a'), slo('b'), slo('c')));
    await registry.start();
    write('a.yaml', text(slo('a', '100%'), slo('b', '95%'), slo('new', '2')));
    await registry.reload();
    expect(inForce()).toEqual(['api/b 0.95', 'api/a 0.99 stale']);
    expect(told().map((line) => line.slice(0, 24))).toEqual([
      'D/a.yaml:4:26: error: sl',
      'D/a.yaml:6:28: error: sl',
      'D/a.yaml:4:26: warning: ',
    ]);
  });

  it('keep everything when a file is emptied, too large, or no text', async () => {
    write('a.yaml', text(slo('a')));
    await registry.start();
    const cases: readonly (readonly [string | Buffer, RegExp])[] = [
      ['', /D\/a\.yaml:1:1: error: the file holds no document/],
      ['#'.repeat(2 * 1024 * 1024), /it has 2097152 bytes, allowed: up to 1 MiB/],
      [Buffer.from([0xff, 0xfe, 0x00, 0x41]), /it is not UTF-8 text/],
      ['['.repeat(100_000), /nested too deep/],
    ];
    for (const [content, message] of cases) {
      write('a.yaml', content);
      await registry.reload();
      expect(inForce()).toEqual(['api/a 0.99 stale']);
      expect(told()[0]).toMatch(message);
    }
  });

  it('all stay in force when the directory cannot be read, and that is said', async () => {
    const slos = join(directory, 'slos');
    mkdirSync(slos);
    writeFileSync(join(slos, 'a.yaml'), text(slo('a')));
    registry = registryOf(slos);
    await registry.start();
    renameSync(slos, join(directory, 'gone'));
    await registry.reload();
    expect(inForce()).toEqual(['api/a 0.99 stale']);
    expect(told()[0]).toBe('D/slos:1:1: error: D/slos cannot be read: it does not exist');
    renameSync(join(directory, 'gone'), slos);
    await registry.reload();
    expect(inForce()).toEqual(['api/a 0.99']);
    expect(told()).toEqual([]);
  });

  it('follow the links of a Kubernetes ConfigMap when they are swapped, found by the poll', async () => {
    const volume = (name: string, content: string): void => {
      mkdirSync(join(directory, name));
      write(`${name}/slos.yaml`, content);
      symlinkSync(name, join(directory, '..data_tmp'));
      renameSync(join(directory, '..data_tmp'), join(directory, '..data'));
    };
    volume('..2026_1', text(slo('a')));
    symlinkSync('..data/slos.yaml', join(directory, 'slos.yaml'));
    registry = registryOf(directory, 50);
    await registry.start();
    expect(inForce()).toEqual(['api/a 0.99']);
    const changed = nextChange();
    volume('..2026_2', text(slo('a', '95%')));
    await changed;
    expect(inForce()).toEqual(['api/a 0.95']);
  });

  it('do not go in circles, nor miss a link that leads nowhere', async () => {
    mkdirSync(join(directory, 'sub'));
    symlinkSync('..', join(directory, 'sub', 'up'));
    symlinkSync('nowhere', join(directory, 'broken.yaml'));
    write('a.yaml', text(slo('a')));
    await registry.start();
    expect(inForce()).toEqual(['api/a 0.99']);
    expect(told()).toEqual([
      'D/broken.yaml:1:1: error: D/broken.yaml cannot be read: it does not exist',
    ]);
  });

  it('that define one SLO twice: the first file wins, both places are named', async () => {
    write('b.yaml', text(slo('a', '95%')));
    await registry.start();
    write('a.yaml', text(slo('a')));
    await registry.reload();
    expect(inForce()).toEqual(['api/a 0.99']);
    expect(told()).toEqual([
      'D/b.yaml:4:5: error: api/a is already defined at D/a.yaml:4:5, which stays in force, allowed: each service/name once',
    ]);
    write('a.yaml', text(slo('a', '2')));
    await registry.reload();
    expect(inForce()).toEqual(['api/a 0.95']);
  });

  it('are announced once per change, and not at all without one', async () => {
    write('a.yaml', text(slo('a')));
    let announced = 0;
    const off = registry.onChange(() => announced++);
    await registry.start();
    await registry.reload();
    expect(announced).toBe(1);
    off();
    write('a.yaml', text(slo('b')));
    await registry.reload();
    expect([announced, inForce()]).toEqual([1, ['api/b 0.99']]);
  });

  it('are said to be missing when there is no directory', async () => {
    registry = registryOf(join(directory, 'nowhere'));
    await registry.start();
    expect(told()).toEqual(['D/nowhere:1:1: error: D/nowhere cannot be read: it does not exist']);
  });
});
