// The demo and the tests use a real Prometheus, a real Alertmanager and a real Chromium. This finds
// them, or installs Debian's.
import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';

const HOW_TO_GET_IT =
  'install it (Debian, Ubuntu: `apt-get install prometheus`; macOS: `brew install prometheus`; ' +
  'otherwise https://prometheus.io/download/) or set PROMETHEUS_BIN to its path';

const HOW_TO_GET_ALERTMANAGER =
  'install it (Debian, Ubuntu: `apt-get install prometheus-alertmanager`; macOS: `brew install alertmanager`; ' +
  'otherwise https://prometheus.io/download/) or set ALERTMANAGER_BIN to its path';

const HOW_TO_GET_CHROMIUM =
  'install it (Debian: `apt-get install chromium`) or set CHROMIUM_BIN to its path';

/** What some tests look at reports with, by the program that is looked for; without it they are skipped. */
const VIEWERS = { pdftotext: 'poppler-utils', soffice: 'libreoffice-calc-nogui' };

/**
 * Installs what is missing of the programs that reports are looked at with.
 *
 * @param {{ env?: NodeJS.ProcessEnv, log?: (line: string) => void }} [options]
 * @returns {Promise<string[]>} what stood in the way, a line for each that is still missing
 */
export async function ensureViewers({ env = process.env, log = console.error } = {}) {
  const obstacles = [];
  for (const [program, debianPackage] of Object.entries(VIEWERS)) {
    if (onPath(program, env) !== null) continue;
    const obstacle = await installDebianPackage(debianPackage, env, log);
    if (onPath(program, env) === null) obstacles.push(obstacle);
  }
  return obstacles;
}

/** Prometheus or promtool is not there and cannot be had; the message is one line for people. */
export class PrerequisiteMissing extends Error {
  name = 'PrerequisiteMissing';
}

/**
 * Paths of `prometheus` and `promtool`: PROMETHEUS_BIN (promtool beside it), else PATH, else
 * Debian's package, which root may install here.
 *
 * @param {{ env?: NodeJS.ProcessEnv, log?: (line: string) => void }} [options]
 * @returns {Promise<{ prometheus: string, promtool: string }>}
 * @throws {PrerequisiteMissing}
 */
export async function ensurePrometheus({ env = process.env, log = console.error } = {}) {
  const found = findPrometheus(env);
  if (found !== null) return found;
  const obstacle = await installDebianPackage('prometheus', env, log);
  const installed = findPrometheus(env);
  if (installed === null) throw new PrerequisiteMissing(`${obstacle}; ${HOW_TO_GET_IT}`);
  return installed;
}

/**
 * Paths of `alertmanager` and `amtool`: ALERTMANAGER_BIN (amtool beside it), else PATH, else Debian's
 * package. Nothing needs it as it needs Prometheus: without it the demo and the tests do without.
 *
 * @param {{ env?: NodeJS.ProcessEnv, log?: (line: string) => void }} [options]
 * @returns {Promise<{ alertmanager: string, amtool: string | null } | { missing: string }>}
 */
export async function ensureAlertmanager({ env = process.env, log = console.error } = {}) {
  const named = env.ALERTMANAGER_BIN ? resolve(env.ALERTMANAGER_BIN) : null;
  if (named !== null && !isExecutable(named)) {
    throw new PrerequisiteMissing(
      `ALERTMANAGER_BIN is ${named}, which is not an executable file; allowed: the path of an alertmanager binary`,
    );
  }
  const found = findAlertmanager(named, env);
  if (found !== null) return found;
  const obstacle = await installDebianPackage('prometheus-alertmanager', env, log);
  return findAlertmanager(null, env) ?? { missing: `${obstacle}; ${HOW_TO_GET_ALERTMANAGER}` };
}

/**
 * Path of Chromium for the tests of the dashboard: CHROMIUM_BIN, else PATH, else Debian's package.
 *
 * @param {{ env?: NodeJS.ProcessEnv, log?: (line: string) => void }} [options]
 * @returns {Promise<string>}
 * @throws {PrerequisiteMissing}
 */
export async function ensureChromium({ env = process.env, log = console.error } = {}) {
  const named = env.CHROMIUM_BIN ? resolve(env.CHROMIUM_BIN) : null;
  if (named !== null && !isExecutable(named)) {
    throw new PrerequisiteMissing(
      `CHROMIUM_BIN is ${named}, which is not an executable file; allowed: the path of a chromium binary`,
    );
  }
  const find = () => named ?? onPath('chromium', env) ?? onPath('chromium-browser', env);
  const found = find();
  if (found !== null) return found;
  const obstacle = await installDebianPackage('chromium', env, log);
  const installed = find();
  if (installed === null) throw new PrerequisiteMissing(`${obstacle}; ${HOW_TO_GET_CHROMIUM}`);
  return installed;
}

function findAlertmanager(named, env) {
  // Debian calls it otherwise than its makers.
  const alertmanager =
    named ?? onPath('prometheus-alertmanager', env) ?? onPath('alertmanager', env);
  if (alertmanager === null) return null;
  const beside = join(dirname(alertmanager), 'amtool');
  return { alertmanager, amtool: isExecutable(beside) ? beside : onPath('amtool', env) };
}

function findPrometheus(env) {
  const named = env.PROMETHEUS_BIN ? resolve(env.PROMETHEUS_BIN) : null;
  if (named !== null && !isExecutable(named)) {
    throw new PrerequisiteMissing(
      `PROMETHEUS_BIN is ${named}, which is not an executable file; allowed: the path of a prometheus binary`,
    );
  }
  const prometheus = named ?? onPath('prometheus', env);
  if (prometheus === null) return null;
  const beside = join(dirname(prometheus), 'promtool');
  const promtool = isExecutable(beside) ? beside : onPath('promtool', env);
  if (promtool === null) {
    throw new PrerequisiteMissing(
      `${prometheus} is there, but promtool is neither beside it nor on PATH; both come in one package: ${HOW_TO_GET_IT}`,
    );
  }
  return { prometheus, promtool };
}

/** @returns what stood in the way, for the message when the program is still missing afterwards */
async function installDebianPackage(name, env, log) {
  if (!existsSync('/etc/debian_version') || onPath('apt-get', env) === null) {
    return `${name} is not installed and there is no apt-get to install it`;
  }
  if (process.getuid?.() !== 0) {
    return `${name} is not installed and only root can install it`;
  }
  log(`${name} is missing: installing the Debian package (about 30 s) ...`);
  const dropServiceGuard = keepServicesFromStarting();
  try {
    // A failed update is not the end: the lists of an earlier one may do.
    await aptGet(['update'], env);
    const { code, lastWords } = await aptGet(
      ['install', '--yes', '--no-install-recommends', name],
      env,
    );
    if (code === 0) return `the Debian package ${name} is installed, but its binary is not on PATH`;
    return `apt-get install ${name} failed (${lastWords || `exit code ${code}`})`;
  } finally {
    dropServiceGuard();
  }
}

/** A package would start a server that nobody asked for; Debian's way to say no. */
function keepServicesFromStarting() {
  const guard = '/usr/sbin/policy-rc.d';
  if (existsSync(guard)) return () => {};
  writeFileSync(guard, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  return () => rmSync(guard, { force: true });
}

function aptGet(args, env) {
  return new Promise((done, fail) => {
    const child = spawn('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=120', ...args], {
      env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text) => (said = (said + text).slice(-4000)));
    child.on('error', fail);
    child.on('close', (code) => {
      const complaints = said.split('\n').filter((line) => line.startsWith('E: '));
      done({ code, lastWords: complaints.at(-1)?.slice(3) ?? '' });
    });
  });
}

function onPath(name, env) {
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find(isExecutable) ?? null;
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
