// `npm run demo`: last month and this one of five systems in a real Prometheus, counted by the service,
// with last month's report, on one bare machine. `--fresh` starts over, `--once` (or DEMO_EXIT=1) stops
// after the table, `--incident` makes something go wrong, in the demo that runs or in this one.
// `--system NAME` has one of the five only, `--data DIR` keeps everything elsewhere.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { incident, startAlertmanager } from './demo-alerts.mjs';
import { answer, answerOk, json } from './demo-ask.mjs';
import { compileSimulator } from './demo-compile.mjs';
import { buildIsStale, choosePorts, prometheusConfig, urlsOf } from './demo-files.mjs';
import {
  askForHistory,
  closedReport,
  countedSlos,
  saveInterim,
  saveReports,
  stepsLeft,
  tellNotes,
} from './demo-month.mjs';
import { endLeftovers, Processes } from './demo-processes.mjs';
import { progress, say } from './demo-say.mjs';
import { tellWhereToLook } from './demo-where.mjs';
import { ensurePrometheus } from './prerequisites.mjs';

const { values: options } = parseArgs({
  options: {
    fresh: { type: 'boolean' },
    once: { type: 'boolean' },
    incident: { type: 'boolean' },
    system: { type: 'string' },
    data: { type: 'string' },
  },
});
const once = options.once === true || process.env.DEMO_EXIT === '1';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const HOME = options.data === undefined ? join(ROOT, 'data') : resolve(options.data);
const DATA = join(HOME, 'demo');
const REPORTS = join(HOME, 'reports');
const LOGS = join(DATA, 'logs');
const SIMULATOR = join(ROOT, '.build/simulator');
const STATE = join(DATA, 'history.json');
const PROCESSES = join(DATA, 'processes.json');
const PORTS = join(DATA, 'ports.json');
const STAMP = join(ROOT, '.build/built');
const READY_SECONDS = 60;
const BACKFILL_SECONDS = 600;
const OLD_HISTORY_SECONDS = 86_400;
/** Which of the systems; all of them where it is empty. */
const ONLY = options.system === undefined ? [] : ['--system', options.system];

async function main() {
  if (!(await endLeftovers(PROCESSES))) {
    if (options.incident === true) {
      const urls = urlsOf(JSON.parse(readFileSync(PORTS, 'utf8')));
      await incident(urls, { system: options.system, json, say });
      return;
    }
    throw new Error(`A demo is already running here; stop it first (its pids: ${PROCESSES}).`);
  }
  const { prometheus, promtool } = await ensurePrometheus();
  if (options.fresh === true) rmSync(DATA, { recursive: true, force: true });
  mkdirSync(LOGS, { recursive: true });
  const processes = new Processes(PROCESSES);
  const interrupted = new Promise((resolve) => {
    process.once('SIGINT', () => resolve('SIGINT')).once('SIGTERM', () => resolve('SIGTERM'));
  });
  let settled = Promise.resolve();
  try {
    const shown = start(processes, prometheus, promtool);
    settled = shown.catch(() => undefined);
    const stopped = await Promise.race([shown, interrupted]);
    if (typeof stopped === 'string' || once) return;
    console.log('\nCtrl-C stops everything; the next start goes on from here.');
    await Promise.race([interrupted, processes.anyGone()]);
    processes.mustRun();
  } finally {
    console.log('\nStopping ...');
    await processes.stop();
    // A history or a build that was interrupted must not write on under the next start.
    await settled;
  }
}

async function start(processes, prometheus, promtool) {
  await compileSimulator(join(ROOT, 'examples/simulator'), SIMULATOR);
  await Promise.all([build(), makeHistory(promtool)]);
  const ports = await choosePorts(PORTS);
  const urls = urlsOf(ports);
  await startSources(processes, prometheus, ports, urls);
  const { port, url } = { port: ports.alertmanager, url: urls.alertmanager };
  const hasAlertmanager = await startAlertmanager(processes, {
    ...{ port, url, data: DATA, logs: LOGS },
    ...{ answerOk, say },
  });
  await startService(processes, ports, urls, hasAlertmanager);
  const reports = await countedAndReported(processes, urls.service);
  await table(urls.service);
  const told = { logs: LOGS, hasAlertmanager, systems: systems().map(({ name }) => name) };
  tellWhereToLook(urls, reports, told);
  if (options.incident === true) await incident(urls, { system: options.system, json, say });
  return null;
}

async function build() {
  if (!buildIsStale(ROOT, STAMP)) return;
  say('building the service and its dashboard');
  await run(join(ROOT, 'node_modules/@nestjs/cli/bin/nest.js'), ['build'], () => undefined);
  const web = ['build', '--config', 'web/vite.config.mjs', '--logLevel', 'warn'];
  await run(join(ROOT, 'node_modules/vite/bin/vite.js'), web, () => undefined);
  writeFileSync(STAMP, '');
  say('built');
}

async function makeHistory(promtool) {
  if (existsSync(STATE)) {
    const age = Date.now() / 1000 - madeHistory().at;
    if (age > OLD_HISTORY_SECONDS) {
      say(`the made history ends ${Math.round(age / 86_400)} days ago; --fresh makes a new one`);
    }
    return;
  }
  // Half a history of an interrupted start would lie under the new one.
  rmSync(join(DATA, 'prometheus'), { recursive: true, force: true });
  rmSync(join(DATA, 'slowburn'), { recursive: true, force: true });
  const { historyStart } = simulator('history-start');
  const days = Math.ceil((Date.now() / 1000 - historyStart(Date.now() / 1000)) / 86_400);
  say(`making ${days} days of history of ${options.system ?? 'the five systems'}`);
  const into = ['--into', join(DATA, 'prometheus'), '--state', STATE];
  const args = [...into, '--promtool', promtool, ...ONLY];
  await run(join(SIMULATOR, 'write-history.js'), args, progress);
  say('history made');
}

/** What the history was made from and to. */
function madeHistory() {
  return JSON.parse(readFileSync(STATE, 'utf8'));
}

function simulator(name) {
  return createRequire(import.meta.url)(join(SIMULATOR, `${name}.js`));
}

async function startSources(processes, prometheus, ports, urls) {
  processes.start({
    name: 'simulator',
    command: process.execPath,
    args: [
      join(SIMULATOR, 'serve.js'),
      ...['--state', STATE, '--port', String(ports.simulator), ...ONLY],
    ],
    log: join(LOGS, 'simulator.log'),
  });
  await processes.until('simulator', () => answer(`${urls.simulator}/`), READY_SECONDS);
  const config = join(DATA, 'prometheus.yml');
  writeFileSync(config, prometheusConfig(systems(), ports));
  processes.start({
    name: 'prometheus',
    command: prometheus,
    args: [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(DATA, 'prometheus')}`,
      '--storage.tsdb.retention.time=400d',
      `--web.listen-address=127.0.0.1:${ports.prometheus}`,
    ],
    log: join(LOGS, 'prometheus.log'),
  });
  await processes.until('prometheus', () => answerOk(`${urls.prometheus}/-/ready`), READY_SECONDS);
  say(`Prometheus is up at ${urls.prometheus}`);
}

function systems() {
  return simulator('systems/all').systemsNamed(options.system);
}

async function startService(processes, ports, urls, hasAlertmanager) {
  processes.start({
    name: 'service',
    command: process.execPath,
    args: [join(ROOT, 'dist/src/main.js')],
    cwd: DATA,
    env: {
      ...environmentOfItsOwn(),
      SLO_DIR: join(ROOT, 'examples', options.system ?? ''),
      PROMETHEUS_URL: urls.prometheus,
      ...(hasAlertmanager ? { ALERTMANAGER_URL: urls.alertmanager } : {}),
      // The history holds a sample a minute.
      SCRAPE_INTERVAL: '60s',
      DATA_DIR: join(DATA, 'slowburn'),
      HOST: '127.0.0.1',
      PORT: String(ports.service),
    },
    log: join(LOGS, 'service.log'),
  });
  await processes.until('service', () => answerOk(`${urls.service}/health/ready`), READY_SECONDS);
  say(`the service is up at ${urls.service}`);
}

/** The demo stands alone: what this machine says about a real installation is not for it. */
function environmentOfItsOwn() {
  const foreign = [
    ...['DATABASE_URL', 'SLOWBURN_CONFIG', 'ADMIN_TOKEN', 'AUTH'],
    ...['ALERTMANAGER_URL', 'EXTERNAL_URL'],
  ];
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !foreign.includes(name)),
  );
}

/** Has the service read all of the history, last month is closed, and the reports are saved. */
async function countedAndReported(processes, url) {
  const { from, anchor } = madeHistory();
  const month = simulator('history-start').lastMonth(Date.now() / 1000);
  if (from === undefined || from > month.from) {
    say(`the made history begins after ${month.name} did; --fresh makes a longer one`);
  }
  const asked = countedSlos(systems().map(({ name }) => join(ROOT, 'examples', name)));
  await askForHistory(url, asked, new Date(month.from * 1000).toISOString());
  await tellNotes(url, simulator('notes').notesOf(systems(), anchor, month.from));
  const read = () => allRead(url, asked);
  const { items } = await processes.until('service', read, BACKFILL_SECONDS);
  say(`${items.length} budgets are known, back to the beginning of ${month.name}`);
  const report = await closedReport(url, month.name);
  const isTranslated = systems().some(({ name }) => name === 'faciliauto');
  const saved = await saveReports(url, report, { directory: REPORTS, isTranslated });
  const interim = await saveInterim(url, new Date().toISOString().slice(0, 7), REPORTS);
  say(`the report of ${month.name} is ${report.state}, and saved`);
  return { report, interim, ...saved };
}

async function allRead(url, asked) {
  const collection = await json(`${url}/api/v1/collection`);
  if (collection === null) return null;
  const { done, total } = collection.backfill;
  if (total > 0) progress(`reading history ${Math.floor((100 * done) / total)} %`);
  if (done < total || (await stepsLeft(url, asked)) !== 0) return null;
  const list = await json(`${url}/api/v1/slos?limit=1000`);
  const known = list?.items.every(({ budget }) => budget.remainingRatio !== null);
  return known === true && list.items.length >= collection.slos ? list : null;
}

async function table(url) {
  console.log('');
  const args = [join(ROOT, 'dist/src/cli/main.js'), 'status', '--url', url];
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`slowburn status ended with ${code}`);
}

/** Runs a Node script to its end, its lines to `onLine`. */
async function run(script, args, onLine) {
  const child = spawn(process.execPath, [script, ...args], { cwd: ROOT });
  let complaint = '';
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop();
    complaint += text;
    lines.forEach(onLine);
  });
  child.stderr.setEncoding('utf8').on('data', (text) => (complaint += text));
  const kill = () => child.kill('SIGTERM');
  process.once('SIGINT', kill).once('SIGTERM', kill);
  const code = await new Promise((resolve) => child.once('close', resolve));
  process.off('SIGINT', kill).off('SIGTERM', kill);
  if (code !== 0) throw new Error(`${script} ended with ${code}:\n${complaint.trim()}`);
}

main()
  .catch((error) => {
    console.error(error.message);
    process.exitCode = 2;
  })
  // A start that was interrupted may still be waiting for an answer.
  .finally(() => process.exit());
