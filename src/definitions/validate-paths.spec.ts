import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { counted } from '../../test/support/native-text';
import { sloId } from '../domain/slo';
import { problemLine } from '../yaml/problem';
import { validatePaths } from './validate-paths';

describe('paths to validate', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'slowburn-validate-'));
    mkdirSync(join(directory, 'empty'));
    writeFileSync(join(directory, 'a.yaml'), counted());
    writeFileSync(
      join(directory, 'b.yaml'),
      counted().replace('one', 'two').replace('99%', '100%'),
    );
    writeFileSync(join(directory, 'c.txt'), counted());
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  async function told(...paths: readonly string[]): Promise<readonly string[]> {
    const { problems } = await validatePaths(paths.map((path) => join(directory, path)));
    return problems.map((problem) => problemLine(problem).replaceAll(directory, 'D'));
  }

  it('are files of any name and directories', async () => {
    const { files, slos, problems } = await validatePaths([directory, join(directory, 'c.txt')]);
    expect(files).toEqual(['a.yaml', 'b.yaml', 'c.txt'].map((file) => join(directory, file)));
    expect(slos.map(({ slo }) => sloId(slo))).toEqual(['api/one']);
    expect(problems.map(({ place }) => place.file)).toEqual(
      ['b.yaml', 'c.txt'].map((file) => join(directory, file)),
    );
  });

  it('that hold nothing are told', async () => {
    expect(await told('empty', 'nowhere.yaml')).toEqual([
      'D/empty:1:1: error: D/empty cannot be read: it holds no .yaml, .yml or .json file',
      'D/nowhere.yaml:1:1: error: D/nowhere.yaml cannot be read: it does not exist',
    ]);
  });

  it('are read once, however often they are given', async () => {
    expect(await told('a.yaml', 'a.yaml')).toEqual([]);
  });

  it('are told of definitions that other files have too', async () => {
    expect(await told('a.yaml', 'c.txt')).toEqual([
      'D/c.txt:4:5: error: api/one is already defined at D/a.yaml:4:5, which stays in force, allowed: each service/name once',
    ]);
  });
});
