import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LinkBases } from '../alerting/alert-text';
import { generateRules, type RuleSettings } from '../alerting/rules/generate-rules';
import { type Flavour, FLAVOURS, type Rules } from '../alerting/rules/rule';
import { rulesYaml, WRITTEN_BY } from '../alerting/rules/rules-yaml';
import { validatePaths } from '../definitions/validate-paths';
import { parseSeconds } from '../domain/duration';
import { InvalidValue } from '../domain/invalid-value';
import type { Slo } from '../domain/slo';
import { coloursWanted } from './colours';
import { CouldNotRun } from './could-not-run';
import { counted, problemText } from './problem-text';
import { mustBeReadable } from './validate';

export interface RulesOptions {
  readonly flavour: string;
  readonly out?: string;
  readonly scrapeInterval: string;
  readonly externalUrl?: string;
  readonly runbookBaseUrl?: string;
  readonly json?: boolean;
}

const EVALUATION_SECONDS = 60;
const QUERY_DELAY_SECONDS = 30;
/** No service can have this name. */
const OWN_FILE = '_slowburn.yaml';

/**
 * `slowburn rules`: Prometheus rules of definition files, without a service: to stdout, or a file for
 * each service into a directory. 1 when a definition was refused; the rules of the others are written.
 */
export async function rules(paths: readonly string[], options: RulesOptions): Promise<number> {
  const flavour = flavourOf(options.flavour);
  const settings = settingsOf(options);
  for (const path of paths) await mustBeReadable(path);
  const { slos, problems } = await validatePaths(paths);
  const errors = problems.filter(({ severity }) => severity === 'error');
  for (const problem of errors) console.error(problemText(problem, coloursWanted(process.stderr)));
  const defined = slos.map(({ slo }) => slo);
  if (defined.length === 0) {
    throw new CouldNotRun(
      `no SLO is defined there (${counted(errors.length, 'error')}), allowed: definitions that slowburn validate finds good`,
    );
  }
  if (options.out !== undefined) await writeFiles(options.out, defined, flavour, settings);
  else {
    const all = generateRules(defined, flavour, { ...settings, own: true });
    if (options.json === true) console.log(JSON.stringify(all));
    else {
      tellNotes(all);
      process.stdout.write([...rulesYaml(all)].join(''));
    }
  }
  return errors.length === 0 ? 0 : 1;
}

function flavourOf(text: string): Flavour {
  const flavour = FLAVOURS.find((each) => each === text);
  if (flavour !== undefined) return flavour;
  throw new CouldNotRun(`--flavour is "${text}", allowed: ${FLAVOURS.join(', ')}`);
}

function settingsOf(options: RulesOptions): Omit<RuleSettings, 'own'> {
  const scrapeSeconds = secondsOf(options.scrapeInterval);
  return {
    at: Math.floor(Date.now() / 1000),
    evaluationSeconds: EVALUATION_SECONDS,
    queryDelaySeconds: QUERY_DELAY_SECONDS,
    scrapeIntervalSeconds: () => scrapeSeconds,
    links: linksOf(options),
  };
}

function secondsOf(text: string): number {
  try {
    return parseSeconds(text);
  } catch (error) {
    if (!(error instanceof InvalidValue)) throw error;
    throw new CouldNotRun(`--scrape-interval: ${error.message}`, { cause: error });
  }
}

function linksOf({ externalUrl, runbookBaseUrl }: RulesOptions): LinkBases | null {
  if (externalUrl === undefined && runbookBaseUrl === undefined) return null;
  if (externalUrl === undefined) {
    throw new CouldNotRun('--runbook-base-url is there without --external-url, allowed: both');
  }
  const own = addressOf(externalUrl);
  return {
    externalUrl: own,
    runbookBaseUrl: runbookBaseUrl === undefined ? own : addressOf(runbookBaseUrl),
  };
}

function addressOf(url: string): string {
  if (URL.canParse(url) && /^https?:/i.test(url)) return url.replace(/\/+$/, '');
  throw new CouldNotRun(
    `"${url}" is no address, allowed: http or https, such as https://slo.example.com`,
  );
}

/** A file for each service, and one for the alerts on Slowburn itself; others are left alone. */
async function writeFiles(
  folder: string,
  slos: readonly Slo[],
  flavour: Flavour,
  settings: Omit<RuleSettings, 'own'>,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const files = new Map<string, Rules>();
  for (const service of [...new Set(slos.map((slo) => slo.service))].sort()) {
    const own = slos.filter((slo) => slo.service === service);
    files.set(`${service}.yaml`, generateRules(own, flavour, { ...settings, own: false }));
  }
  if (flavour === 'gauges') {
    files.set(OWN_FILE, generateRules([], flavour, { ...settings, own: true }));
  }
  for (const [name, each] of files) {
    tellNotes(each);
    await writeFile(join(folder, name), [...rulesYaml(each)].join(''));
  }
  for (const name of await leftOver(folder, new Set(files.keys()))) {
    console.error(
      `${join(folder, name)} is of an earlier run and none of these SLOs is in it; delete it`,
    );
  }
  console.log(`${counted(files.size, 'file')} in ${folder}`);
}

/** Files that an earlier run wrote and this one did not: Prometheus would go on loading them. */
async function leftOver(folder: string, written: ReadonlySet<string>): Promise<readonly string[]> {
  const others = (await readdir(folder)).filter(
    (name) => name.endsWith('.yaml') && !written.has(name),
  );
  const ours: string[] = [];
  for (const name of others) {
    const text = await readFile(join(folder, name), 'utf8');
    if (text.startsWith(`# ${WRITTEN_BY}`)) ours.push(name);
  }
  return ours;
}

function tellNotes({ notes }: Rules): void {
  for (const { slo, text } of notes) console.error(`${slo}: ${text}`);
}
