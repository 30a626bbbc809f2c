// `npm run demo`: thirty days of five systems in a real Prometheus, counted by the service, on one
// bare machine. `--fresh` starts over, `--once` (or DEMO_EXIT=1) stops after the table, `--incident`
// makes something go wrong, in the demo that runs or in this one.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { incident, startAlertmanager } from './demo-alerts.mjs';
import { compileSimulator } from './demo-compile.mjs';
import { buildIsStale, choosePorts, prometheusConfig, urlsOf } from './demo-files.mjs';
import { endLeftovers, Processes } from './demo-processes.mjs';
import { ensurePrometheus } from './prerequisites.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const DATA = join(ROOT, 'data/demo');
const LOGS = join(DATA, 'logs');
const SIMULATOR = join(ROOT, '.build/simulator');
const STATE = join(DATA, 'history.json');
const PROCESSES = join(DATA, 'processes.json');
const PORTS = join(DATA, 'ports.json');
const STAMP = join(DATA, 'built');
const READY_SECONDS = 60;
const BACKFILL_SECONDS = 300;
const OLD_HISTORY_SECONDS = 86_400;

const { values: options } = parseArgs({
  options: {
    fresh: { type: 'boolean' },
    once: { type: 'boolean' },
    incident: { type: 'boolean' },
  },
});
const once = options.once === true || process.env.DEMO_EXIT === '1';
const began = Date.now();

async function main() {
  if (!(await endLeftovers(PROCESSES))) {
    if (options.incident === true) {
      await incident(urlsOf(JSON.parse(readFileSync(PORTS, 'utf8'))), { json, say });
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
  await backfilled(processes, urls.service);
  await table(urls.service);
  tellWhereToLook(urls, hasAlertmanager);
  if (options.incident === true) await incident(urls, { json, say });
  return null;
}

async function build() {
  if (!buildIsStale(ROOT, STAMP)) return;
  say('building the service');
  await run(join(ROOT, 'node_modules/@nestjs/cli/bin/nest.js'), ['build'], () => undefined);
  writeFileSync(STAMP, '');
  say('built');
}

async function makeHistory(promtool) {
  if (existsSync(STATE)) {
    const age = Date.now() / 1000 - JSON.parse(readFileSync(STATE, 'utf8')).at;
    if (age > OLD_HISTORY_SECONDS) {
      say(`the made history ends ${Math.round(age / 86_400)} days ago; --fresh makes a new one`);
    }
    return;
  }
  // Half a history of an interrupted start would lie under the new one.
  rmSync(join(DATA, 'prometheus'), { recursive: true, force: true });
  rmSync(join(DATA, 'slowburn'), { recursive: true, force: true });
  say('making 30 days of history of the five systems');
  const args = ['--into', join(DATA, 'prometheus'), '--state', STATE, '--promtool', promtool];
  await run(join(SIMULATOR, 'write-history.js'), args, progress);
  say('history made');
}

async function startSources(processes, prometheus, ports, urls) {
  processes.start({
    name: 'simulator',
    command: process.execPath,
    args: [join(SIMULATOR, 'serve.js'), '--state', STATE, '--port', String(ports.simulator)],
    log: join(LOGS, 'simulator.log'),
  });
  await processes.until('simulator', () => answer(`${urls.simulator}/`), READY_SECONDS);
  const { SYSTEMS } = createRequire(import.meta.url)(join(SIMULATOR, 'systems/all.js'));
  const config = join(DATA, 'prometheus.yml');
  writeFileSync(config, prometheusConfig(SYSTEMS, ports));
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

async function startService(processes, ports, urls, hasAlertmanager) {
  processes.start({
    name: 'service',
    command: process.execPath,
    args: [join(ROOT, 'dist/src/main.js')],
    cwd: DATA,
    env: {
      ...environmentOfItsOwn(),
      SLO_DIR: join(ROOT, 'examples'),
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
  await processes.until('service', () => answerOk(`${urls.service}/health`), READY_SECONDS);
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

async function backfilled(processes, url) {
  const settled = async () => {
    const collection = await json(`${url}/api/v1/collection`);
    if (collection === null || collection.streams === 0) return null;
    const { done, total } = collection.backfill;
    if (total > 0) progress(`backfill ${Math.floor((100 * done) / total)} %`);
    if (done < total) return null;
    const list = await json(`${url}/api/v1/slos?limit=1000`);
    const known = list?.items.every(({ budget }) => budget.remainingRatio !== null);
    return known === true && list.items.length >= collection.slos ? list : null;
  };
  const { items } = await processes.until('service', settled, BACKFILL_SECONDS);
  say(`${items.length} budgets are known`);
}

async function table(url) {
  console.log('');
  const args = [join(ROOT, 'dist/src/cli/main.js'), 'status', '--url', url];
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`slowburn status ended with ${code}`);
}

function tellWhereToLook({ service, prometheus, simulator, alertmanager }, hasAlertmanager) {
  const alerts = hasAlertmanager
    ? `\n  ${alertmanager}/#/alerts   # what Alertmanager was told`
    : '';
  console.log(`
Look at
  ${service}/api/docs   # the API, to browse
  ${prometheus}/graph?g0.expr=slo_error_budget_remaining_ratio
  curl -s ${service}/api/v1/slos/faciliauto/api-errors/budget   # about 60 % of the budget is left
  curl -s ${service}/api/v1/slos/todo/error-rate/burn-rates   # a ticket is firing
  curl -s '${service}/api/v1/slos?status=critical'
  curl -s '${service}/api/v1/alerts?state=firing'${alerts}
  curl -s ${service}/metrics
  node dist/src/cli/main.js status --url ${service}   # the table again
Break something
  npm run demo -- --incident   # in another terminal, and follow the page
  curl -s -X POST '${simulator}/incident?system=todo&kind=latency&for=10m'   # or errors, or down
Logs are in ${LOGS}`);
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

async function ask(url) {
  try {
    return await fetch(url, { signal: AbortSignal.timeout(10_000) });
  } catch {
    return null;
  }
}

async function answer(url) {
  const response = await ask(url);
  await response?.arrayBuffer();
  return response;
}

async function answerOk(url) {
  const response = await answer(url);
  return response?.ok === true ? response : null;
}

async function json(url) {
  const response = await ask(url);
  return response?.ok === true ? response.json() : null;
}

let lastProgress = '';

/** One line that moves on a terminal; elsewhere only what is new. */
function progress(text) {
  if (text === lastProgress) return;
  lastProgress = text;
  if (process.stdout.isTTY) process.stdout.write(`\r\u001b[K${text}`);
  else say(text);
}

function say(text) {
  const seconds = ((Date.now() - began) / 1000).toFixed(1).padStart(5);
  process.stdout.write(`${process.stdout.isTTY ? '\r\u001b[K' : ''}${seconds} s  ${text}\n`);
}

main()
  .catch((error) => {
    console.error(error.message);
    process.exitCode = 2;
  })
  // A start that was interrupted may still be waiting for an answer.
  .finally(() => process.exit());
