// Every test there is, from nothing: `npm test`. With --ci also the short fault runs and the smoke
// benchmark. The last line is the truth: tests passed, and tests or steps failed.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  ensureAlertmanager,
  ensureChromium,
  ensurePrometheus,
  ensureViewers,
  PrerequisiteMissing,
} from './prerequisites.mjs';
import { runStep } from './run-step.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const results = join(root, '.build', 'results');
const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');

const npm = (script, minutes, ...args) => ({
  name: script,
  command: 'npm',
  args: ['run', '--silent', script, ...(args.length > 0 ? ['--', ...args] : [])],
  minutes,
});

/**
 * Each test file has servers of its own, on free ports, and ends only what it started: two at a time,
 * which mostly wait for those; three where a page is waited for; one where there is only one file, or what is
 * measured would be the neighbour.
 */
const jestProject = (project, minutes, { workers = 1, env = {} } = {}) => ({
  name: project,
  command: process.execPath,
  args: [
    jest,
    `--selectProjects=${project}`,
    `--maxWorkers=${workers}`,
    '--json',
    `--outputFile=${reportOf(project)}`,
  ],
  env,
  minutes,
  report: reportOf(project),
});

/** Stages of lanes: lanes are run beside each other, the steps of each one after the other. */
const STAGES = [
  [
    // Linting has use for one processor only.
    [npm('lint', 10)],
    [npm('types', 5), npm('build', 5), jestProject('unit', 10, { workers: 2 })],
  ],
  [[jestProject('integration', 20, { workers: 2 })]],
  [[jestProject('e2e', 20, { workers: 2 })]],
  [[jestProject('browser', 20, { workers: 3 })]],
];
const CI_STAGES = [
  [[jestProject('faults', 20, { workers: 2, env: { FAULTS: 'short' } })]],
  [[jestProject('engines', 5, { env: { ENGINES: 'short' } })]],
  [[npm('bench', 15, 'smoke')]],
];

await main(process.argv.slice(2));

async function main(args) {
  const unknown = args.filter((arg) => arg !== '--ci');
  if (unknown.length > 0) refuse(`unknown argument ${unknown[0]}, allowed: --ci`);
  checkNode();
  process.chdir(root);
  process.env.PROMETHEUS_BIN = (await orRefuse(ensurePrometheus)).prometheus;
  process.env.CHROMIUM_BIN = await orRefuse(ensureChromium);
  const told = await orRefuse(ensureAlertmanager);
  if ('missing' in told) console.log(`Without Alertmanager its tests are skipped: ${told.missing}`);
  else process.env.ALERTMANAGER_BIN = told.alertmanager;
  if (told.amtool) process.env.AMTOOL_BIN = told.amtool;
  for (const obstacle of await ensureViewers()) {
    console.log(`Without it tests of reports are skipped: ${obstacle}`);
  }
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });

  const rows = [];
  for (const lanes of args.includes('--ci') ? [...STAGES, ...CI_STAGES] : STAGES) {
    for (const told of await Promise.all(lanes.map(runLane))) rows.push(...told);
    if (process.exitCode === 130) break;
  }
  report(rows);
}

async function runLane(steps) {
  const rows = [];
  for (const step of steps) {
    rows.push({ name: step.name, ...outcome(step, await runStep(step)) });
    if (process.exitCode === 130) break;
  }
  return rows;
}

function checkNode() {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const [major, minor] = engines.node.replace('>=', '').split('.').map(Number);
  const [ourMajor, ourMinor] = process.versions.node.split('.').map(Number);
  if (ourMajor < major || (ourMajor === major && ourMinor < minor)) {
    refuse(`Node.js is ${process.versions.node}, allowed: ${engines.node}`);
  }
}

async function orRefuse(ensure) {
  try {
    return await ensure();
  } catch (error) {
    if (error instanceof PrerequisiteMissing) refuse(error.message);
    throw error;
  }
}

function refuse(message) {
  console.error(`npm test: ${message}`);
  console.log('0 passed, 1 failed');
  process.exit(2);
}

function reportOf(project) {
  return join(results, `${project}.json`);
}

/** Counts of a step: those of its report, and at least one failure when it did not end well. */
function outcome({ report }, { ok, seconds, reason }) {
  const counts = report === undefined ? { passed: 0, failed: 0, skipped: 0 } : countsOf(report);
  const empty = report !== undefined && counts.passed + counts.failed === 0;
  const failed = Math.max(counts.failed, ok && !empty ? 0 : 1);
  return { ...counts, failed, seconds, tests: report !== undefined, note: notesOn(reason, empty) };
}

function notesOn(reason, empty) {
  return [reason, empty ? 'found no test' : null].filter((note) => note !== null).join(', ');
}

function countsOf(report) {
  try {
    const told = JSON.parse(readFileSync(report, 'utf8'));
    return {
      passed: told.numPassedTests,
      // A file that does not even load has no tests to count.
      failed: told.numFailedTests + told.numRuntimeErrorTestSuites,
      skipped: told.numPendingTests + told.numTodoTests,
    };
  } catch (error) {
    // A run that was cut short leaves no report; its step counts as failed.
    if (error.code !== 'ENOENT' && !(error instanceof SyntaxError)) throw error;
    return { passed: 0, failed: 0, skipped: 0 };
  }
}

function report(rows) {
  const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
  const cell = (row, key) => (row.tests || row[key] > 0 ? String(row[key]) : '-');
  const line = (...cells) =>
    [cells[0].padEnd(12), ...cells.slice(1, 5).map((text) => text.padStart(8)), `  ${cells[5]}`]
      .join('')
      .trimEnd();
  console.log(`\n${line('step', 'passed', 'failed', 'skipped', 'seconds', '')}`);
  for (const row of rows) {
    const counts = ['passed', 'failed', 'skipped'].map((key) => cell(row, key));
    console.log(line(row.name, ...counts, row.seconds.toFixed(1), row.note));
  }
  const failed = sum('failed');
  if (failed > 0) process.exitCode ||= 1;
  console.log(`\n${sum('passed')} passed, ${failed} failed`);
}
