// Last month in the demo: its history is asked for, what the teams wrote down about it is told, it is
// closed, and its report is saved in every format there is.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { all, download, json, mustPost, post } from './demo-ask.mjs';

/** The one report in another language: of the team that writes in it. */
const TRANSLATED = { service: 'faciliauto', language: 'pt' };
const PAGE = 'limit=200';
/** The history has a gap only where pods of every kind were away. */
const LEAST_COVERAGE = 0.99;

/** What the definition files of some systems define and Prometheus is asked for: `service/name`. */
export function countedSlos(directories) {
  return directories.flatMap((directory) => {
    const { service, slos } = parse(readFileSync(join(directory, 'slos.yaml'), 'utf8'));
    // A composite has the history of its parts.
    return slos
      .filter((slo) => slo.dependsOn === undefined)
      .map(({ name }) => `${service}/${name}`);
  });
}

/**
 * SLOs are read back as far as their windows reach unless more is asked for, as
 * `slowburn backfill SLO --from` does. Asking again changes nothing.
 */
export async function askForHistory(service, slos, from) {
  for (const slo of slos) await mustPost(`${service}/api/v1/collection/backfill`, { slo, from });
}

/** Of the history that was asked for, the five-minute steps that are still to be read. */
export async function stepsLeft(service, slos) {
  const left = await Promise.all(
    slos.map((slo) => json(`${service}/api/v1/collection/backfill/${slo}`)),
  );
  return left.some((each) => each === null)
    ? null
    : left.reduce((sum, { steps }) => sum + steps, 0);
}

/** Tells the service what is not known to it yet; what somebody revoked meanwhile stays revoked. */
export async function tellNotes(service, { markers, exclusions }) {
  const told = new Set();
  for (const { service: of, at, text } of await all(`${service}/api/v1/markers?${PAGE}`)) {
    told.add(keyOf(of, at, text));
  }
  for (const { service: of, from, reason } of await all(`${service}/api/v1/exclusions?${PAGE}`)) {
    told.add(keyOf(of, from, reason));
  }
  const isNew = (of, at, text) => !told.has(keyOf(of, at, text));
  for (const marker of markers.filter(({ service: of, at, text }) => isNew(of, at, text))) {
    await mustPost(`${service}/api/v1/markers`, marker);
  }
  for (const exclusion of exclusions) {
    const { service: of, from, reason } = exclusion;
    if (isNew(of, from, reason)) await mustPost(`${service}/api/v1/exclusions`, exclusion);
  }
}

function keyOf(service, at, text) {
  return JSON.stringify([service, Date.parse(at), text]);
}

/**
 * By itself the service closes months in which it was there; of history that was read back people say
 * when it is whole.
 *
 * @returns the report, closed or not
 */
export async function closedReport(service, month) {
  const before = await reportOf(service, month);
  if (before.state === 'closed' || !isWhole(before)) return before;
  const { status, body } = await post(`${service}/api/v1/reports/monthly/${month}/revisions`, {
    reason: 'the history of the demo is read back to the beginning of the month',
  });
  // Minutes after midnight its last step has not been counted yet.
  if (status >= 300 && status !== 409) {
    throw new Error(`${month} was not closed: ${JSON.stringify(body)}`);
  }
  return reportOf(service, month);
}

function isWhole({ slos }) {
  return slos.every(({ coverage }) => coverage.ratio >= LEAST_COVERAGE);
}

async function reportOf(service, month) {
  return (await downloaded(service, month, { format: 'json' })).json();
}

async function downloaded(service, month, query) {
  const of = new URLSearchParams(query);
  const response = await download(`${service}/api/v1/reports/monthly/${month}?${of}`);
  if (response.ok) return response;
  throw new Error(`the report of ${month} as ${query.format}: ${await response.text()}`);
}

/**
 * Saves the report of last month in every format that the service writes, and that of the team that
 * writes in another language. What was saved of the same closed report is not written again.
 *
 * @returns the files by format, and those of the translated report
 */
export async function saveReports(service, report, { directory, isTranslated }) {
  mkdirSync(directory, { recursive: true });
  const { month, state, hash } = report;
  const suffix = state === 'closed' ? '' : '-interim';
  const { service: team, language } = TRANSLATED;
  const wanted = [
    { name: `uptime-${month}${suffix}`, query: { language: 'en' } },
    { name: `uptime-${month}-${team}-${language}${suffix}`, query: { service: team, language } },
  ].slice(0, isTranslated ? 2 : 1);
  const formats = await formatsOf(service);
  const saved = [];
  for (const { name, query } of wanted) {
    const files = Object.fromEntries(
      formats.map((format) => [format, join(directory, `${name}.${format}`)]),
    );
    const isSaved = hash !== null && hashIn(files.json) === hash;
    for (const [format, file] of Object.entries(files)) {
      if (!isSaved || !existsSync(file)) await save(service, month, { format, ...query }, file);
    }
    saved.push(files);
  }
  return { files: saved[0], translated: saved[1] ?? {} };
}

/**
 * The month that goes on, as far as it is.
 *
 * @returns the file
 */
export async function saveInterim(service, month, directory) {
  const file = join(directory, `uptime-${month}-interim.html`);
  await save(service, month, { format: 'html', language: 'en' }, file);
  return file;
}

async function save(service, month, query, file) {
  const response = await downloaded(service, month, query);
  writeFileSync(file, Buffer.from(await response.arrayBuffer()));
}

function hashIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).hash;
  } catch {
    return null;
  }
}

/** As the service's own description has them. */
async function formatsOf(service) {
  const { paths } = await json(`${service}/api/openapi.json`);
  const { parameters } = paths['/api/v1/reports/monthly/{month}'].get;
  return parameters.find(({ name }) => name === 'format').schema.enum;
}
