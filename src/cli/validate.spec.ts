import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HOSTILE_FILES } from '../../test/support/hostile-files';
import { counted } from '../../test/support/native-text';
import { CouldNotRun } from './could-not-run';
import { validate } from './validate';

describe('slowburn validate', () => {
  let directory: string;
  let said: string[];
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'slowburn-validate-'));
    said = [];
    jest.spyOn(console, 'log').mockImplementation((line: unknown) => {
      said.push(String(line).replaceAll(directory, 'D'));
    });
  });
  afterEach(() => {
    jest.restoreAllMocks();
    rmSync(directory, { recursive: true });
  });

  function file(name: string, content: string | Buffer): string {
    writeFileSync(join(directory, name), content);
    return join(directory, name);
  }

  it('says yes to files without an error, and counts what they define', async () => {
    file('a.yaml', counted());
    file('b.json', '{"apiVersion":"slowburn/v1"}');
    expect(await validate([join(directory, 'a.yaml')], {})).toBe(0);
    expect(said).toEqual(['1 files, 1 SLOs, 0 errors, 0 warnings']);
    expect(await validate([directory], {})).toBe(1);
    expect(said.at(-1)).toBe('2 files, 1 SLOs, 2 errors, 0 warnings');
  });

  it('answers in JSON, good or not', async () => {
    expect(await validate([file('a.yaml', counted())], { json: true })).toBe(0);
    expect(JSON.parse(said[0] ?? '')).toEqual({ files: ['D/a.yaml'], slos: 1, problems: [] });
    expect(await validate([file('b.yaml', 'a: [')], { json: true })).toBe(1);
    expect(JSON.parse(said[1] ?? '')).toMatchObject({
      slos: 0,
      problems: [{ severity: 'error', place: { file: 'D/b.yaml', line: 1 } }],
    });
  });

  it('cannot run on what does not exist', async () => {
    const attempt = validate([join(directory, 'nowhere')], {});
    await expect(attempt).rejects.toThrow(CouldNotRun);
    await expect(attempt).rejects.toThrow('cannot be read');
  });

  it.each(HOSTILE_FILES.map(({ name, ...file }) => [name, file] as const))(
    'refuses %s with the reason',
    async (_, { bytes, message }) => {
      expect(await validate([file('hostile.yaml', bytes)], {})).toBe(1);
      expect(said.join('\n')).toMatch(message);
      expect(said.at(-1)).toMatch(/^1 files, [01] SLOs, \d+ errors, 0 warnings$/);
    },
  );
});
