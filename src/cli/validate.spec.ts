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
    expect(said).toEqual(['1 file, 1 SLO, 0 errors, 0 warnings']);
    expect(await validate([directory], {})).toBe(1);
    expect(said.at(-1)).toBe('2 files, 1 SLO, 2 errors, 0 warnings');
  });

  it('colours severities where colours are wanted, and not where NO_COLOR stands', async () => {
    const path = file('a.yaml', 'a: [');
    process.env['FORCE_COLOR'] = '1';
    try {
      await validate([path], {});
      process.env['NO_COLOR'] = '1';
      await validate([path], {});
    } finally {
      delete process.env['FORCE_COLOR'];
      delete process.env['NO_COLOR'];
    }
    expect(said[0]).toContain('D/a.yaml:1:5: \u001b[31merror\u001b[39m: not valid YAML');
    expect(said[2]).toContain('D/a.yaml:1:5: error: not valid YAML');
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
      expect(said.at(-1)).toMatch(/^1 file, (0 SLOs|1 SLO), \d+ errors?, 0 warnings$/);
    },
  );
});
