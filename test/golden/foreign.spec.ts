import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sloId, type Slo } from '../../src/domain/slo';
import { writeNative } from '../../src/definitions/native-writer';
import { readDefinitions } from '../../src/definitions/read-definitions';

const FOLDER = join(__dirname, 'foreign');

/** Fixtures of our own for the shapes that other tools' examples use, beside what becomes of them. */
const FIXTURES = ['sloth', 'pyrra', 'openslo'].flatMap((language) =>
  readdirSync(join(FOLDER, language))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => `${language}/${name}`),
);

const DATASOURCES = ['default', 'main'];

/** What is said, then what is defined, in the native language. */
function becomes(fixture: string): string {
  const text = readFileSync(join(FOLDER, fixture), 'utf8');
  const { slos, problems } = readDefinitions(text, fixture, { datasources: DATASOURCES });
  const said = problems.map(
    ({ place, severity, path, message }) =>
      `# ${place.line}:${place.column} ${severity}: ${path}: ${message}\n`,
  );
  return [...said, '\n', writeNative(slos.map(({ slo }) => slo))].join('');
}

function byId(slos: readonly Slo[]): readonly Slo[] {
  return [...slos].sort((a, b) => sloId(a).localeCompare(sloId(b)));
}

// GOLDEN_WRITE=true writes what is now said and defined: read the difference before you keep it.
describe('definitions of other tools', () => {
  it.each(FIXTURES)('%s', (fixture) => {
    const expected = join(FOLDER, fixture.replace(/\.yaml$/, '.expected.txt'));
    if (process.env['GOLDEN_WRITE'] === 'true') writeFileSync(expected, becomes(fixture));
    expect(becomes(fixture)).toBe(readFileSync(expected, 'utf8'));
  });

  it.each(FIXTURES)('%s means the same once it is written in the native language', (fixture) => {
    const text = readFileSync(join(FOLDER, fixture), 'utf8');
    const slos = readDefinitions(text, fixture).slos.map(({ slo }) => slo);
    if (slos.length === 0) return;
    const again = readDefinitions(writeNative(slos), 'native');
    expect(again.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(byId(again.slos.map(({ slo }) => slo))).toEqual(byId(slos));
  });
});
