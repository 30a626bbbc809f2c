// Counting on every engine there is, and telling every Alertmanager: `npm run test:engines`. Beside the
// installed Prometheus it gets those of newer Debian suites, and VictoriaMetrics, unpacks them into a cache that no package
// manager knows of, and requires the same integers of all. What cannot be had is named and skipped.
// ENGINES=short: the installed Prometheus only. ENGINES_DIR: a folder of unpacked packages, instead
// of getting any.
import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ensurePrometheus } from './prerequisites.mjs';
import { runStep } from './run-step.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
const cache = join(root, 'node_modules', '.cache', 'slowburn-engines');
const run = promisify(execFile);

const SUITES = ['trixie', 'sid'];
/** By Debian package, which is also the name of its binary: the variable that tests take it from. */
const VARIABLES = {
  prometheus: 'PROMETHEUS_BIN',
  'prometheus-alertmanager': 'ALERTMANAGER_BIN',
  'victoria-metrics': 'VICTORIA_METRICS_BIN',
};

await main();

async function main() {
  process.chdir(root);
  const short = process.env.ENGINES === 'short';
  const { prometheus } = await ensurePrometheus();
  const title = `installed prometheus ${await versionOf(prometheus)}`;
  const installed = [{ name: 'prometheus', title, binary: prometheus }];
  const others = short ? { found: [], missing: [] } : await otherEngines();
  const rows = [];
  for (const engine of [...installed, ...others.found]) {
    const outcome = await runStep(testsOf(engine));
    rows.push(`${outcome.ok ? 'same' : 'FAILED'}  ${engine.title}${note(outcome)}`);
    if (!outcome.ok) process.exitCode ||= 1;
    if (process.exitCode === 130) break;
  }
  for (const { name, reason } of others.missing) rows.push(`skipped  ${name}: ${reason}`);
  console.log(`\n${rows.join('\n')}`);
}

function note({ seconds, reason }) {
  return `, ${seconds.toFixed(0)} s${reason === null ? '' : `, ${reason}`}`;
}

function testsOf({ name, title, binary }) {
  const telling = name === 'prometheus-alertmanager';
  const amtool = join(dirname(binary), 'amtool');
  return {
    name: title,
    command: process.execPath,
    args: [jest, `--selectProjects=${telling ? 'alertmanagers' : 'engines'}`, '--maxWorkers=1'],
    env: { [VARIABLES[name]]: binary, ...(telling ? { AMTOOL_BIN: amtool } : {}) },
    minutes: 20,
  };
}

async function versionOf(binary) {
  const { stdout, stderr } = await run(binary, ['--version']);
  return /version (\d+\.\d+\.\d+)/.exec(stdout + stderr)?.[1] ?? 'of unknown version';
}

/**
 * @returns {Promise<{
 *   found: { name: string, title: string, binary: string }[],
 *   missing: { name: string, reason: string }[],
 * }>}
 */
async function otherEngines() {
  const folder = process.env.ENGINES_DIR;
  if (folder !== undefined) return { found: unpackedIn(folder), missing: [] };
  const missing = [];
  for (const suite of SUITES) {
    const wanted = Object.keys(VARIABLES).filter((name) => !isCached(name, suite));
    if (wanted.length === 0) continue;
    try {
      missing.push(...(await fetchFrom(suite, wanted)));
    } catch (error) {
      const reason = lastWords(error);
      missing.push(...wanted.map((name) => ({ name: `${name} of Debian ${suite}`, reason })));
    }
  }
  return { found: existsSync(cache) ? unpackedIn(cache) : [], missing };
}

function isCached(name, suite) {
  if (!existsSync(cache)) return false;
  const versions = new RegExp(`^${name}-\\d.*-${suite}$`);
  return readdirSync(cache).some((entry) => versions.test(entry));
}

function unpackedIn(folder) {
  return readdirSync(folder)
    .sort()
    .flatMap((entry) =>
      Object.keys(VARIABLES).flatMap((name) => {
        const binary = join(folder, entry, 'usr', 'bin', name);
        return existsSync(binary) ? [{ name, title: entry, binary }] : [];
      }),
    );
}

/** Asks apt with lists and an archive of its own, so that the machine's suite stays what it is. */
async function fetchFrom(suite, names) {
  const { uri, signedBy } = debianArchive();
  const workshop = join(cache, `.apt-${suite}`);
  mkdirSync(join(workshop, 'lists', 'partial'), { recursive: true });
  mkdirSync(join(workshop, 'archives', 'partial'), { recursive: true });
  const sources = join(workshop, 'sources.list');
  writeFileSync(
    sources,
    `deb${signedBy === null ? '' : ` [signed-by=${signedBy}]`} ${uri} ${suite} main\n`,
  );
  const apt = (...args) =>
    run('apt-get', [...aptOptions(workshop, sources), '-qq', ...args], { cwd: workshop });
  try {
    await apt('update');
    const missing = [];
    for (const name of names) {
      try {
        await apt('download', name);
        const file = readdirSync(workshop).find((entry) => entry.startsWith(`${name}_`));
        if (file === undefined) throw new Error('apt-get download brought no file');
        await unpack(join(workshop, file), name, suite);
      } catch (error) {
        missing.push({ name: `${name} of Debian ${suite}`, reason: lastWords(error) });
      }
    }
    return missing;
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

async function unpack(file, name, suite) {
  const { stdout } = await run('dpkg-deb', ['-f', file, 'Version']);
  const version = /^(?:\d+:)?([\d.]+)/.exec(stdout)?.[1] ?? 'unknown';
  const unpacked = `${file}.unpacked`;
  await run('dpkg-deb', ['-x', file, unpacked]);
  // Only what is whole gets its place.
  renameSync(unpacked, join(cache, `${name}-${version}-${suite}`));
}

function aptOptions(workshop, sources) {
  const options = {
    'Dir::Etc::SourceList': sources,
    'Dir::Etc::SourceParts': '/dev/null',
    'Dir::State::Lists': join(workshop, 'lists'),
    'Dir::Cache::Archives': join(workshop, 'archives'),
    'Dir::Cache::pkgcache': '',
    'Dir::Cache::srcpkgcache': '',
    'Acquire::Languages': 'none',
    // Without it an archive that cannot be reached is only a warning.
    'APT::Update::Error-Mode': 'any',
    // apt's own user cannot write into this cache.
    'APT::Sandbox::User': 'root',
  };
  return Object.entries(options).flatMap(([key, value]) => ['-o', `${key}=${value}`]);
}

/** Where this machine gets its own Debian packages, in either format of apt's sources. */
function debianArchive() {
  const parts = '/etc/apt/sources.list.d';
  const files = ['/etc/apt/sources.list'];
  if (existsSync(parts))
    files.push(
      ...readdirSync(parts)
        .sort()
        .map((name) => join(parts, name)),
    );
  const texts = files
    .filter((file) => /\.(list|sources)$/.test(file) && existsSync(file))
    .map((file) => ({ file, text: readFileSync(file, 'utf8') }));
  const archives = texts.flatMap(({ file, text }) =>
    file.endsWith('.sources') ? deb822(text) : oneLine(text),
  );
  // Its security updates come from another archive, which lacks the newer suites.
  const archive = archives.find(({ uri }) => /debian/.test(uri) && !/security/.test(uri));
  if (archive === undefined) throw new Error('no Debian archive among the sources of apt');
  return archive;
}

function deb822(text) {
  return text.split(/\n\s*\n/).flatMap((stanza) => {
    const field = (name) => new RegExp(`^${name}:[ \\t]*(\\S+)`, 'im').exec(stanza)?.[1] ?? null;
    const uri = field('URIs');
    const binary = /^types:.*\bdeb\b(?!-src)/im.test(stanza);
    const key = field('Signed-By');
    // An armoured key may stand in the file itself, behind a dot; then apt's own keys have to do.
    const signedBy = key !== null && key.startsWith('/') ? key : null;
    const disabled = /^enabled:[ \t]*no\b/im.test(stanza);
    return uri === null || !binary || disabled ? [] : [{ uri, signedBy }];
  });
}

function oneLine(text) {
  return text.split('\n').flatMap((line) => {
    const [, options = '', uri] = /^\s*deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s/.exec(line) ?? [];
    const signedBy = /signed-by=(\S+)/.exec(options)?.[1] ?? null;
    return uri === undefined ? [] : [{ uri, signedBy }];
  });
}

/** One line for people: apt tells what is wrong in its first complaint. */
function lastWords(error) {
  const lines = String(error.stderr ?? '')
    .split('\n')
    .filter((line) => line.startsWith('E: '));
  if (error.code === 'ENOENT') return 'this is no Debian: there is no apt-get';
  return lines[0]?.slice(3) ?? String(error.message).split('\n')[0];
}
