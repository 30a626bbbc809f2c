import { readFileSync } from 'node:fs';
import { SystemClock } from '../collection/clock';
import { ConfigRefused } from '../config/config-refused';
import { type LoadedConfig, loadConfig } from '../config/load-config';
import { validatePaths } from '../definitions/validate-paths';
import { Doctor } from '../doctor/doctor';
import type { DoctorView } from '../doctor/doctor-view-types';
import { doctorView } from '../doctor/doctor-views';
import { PrometheusSeriesSource } from '../prometheus/prometheus-series-source';
import { coloursWanted } from './colours';
import { CouldNotRun } from './could-not-run';
import { doctorReport, type Report, type Reported } from './doctor-report';
import { checkInstallation, type InstallationFinding } from './installation';
import { Progress } from './progress';
import { callService, refusal, serviceAt } from './service-client';
import { mustBeReadable } from './validate';

export interface DoctorOptions {
  readonly url: string;
  readonly json?: boolean;
}

const PATHS_DEADLINE_SECONDS = 600;
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;
/** Longer than the service takes for itself. */
const SERVICE_TIMEOUT_SECONDS = 60;

/**
 * `slowburn doctor`: whether definitions and sources agree, and the installation is sound. 0 when
 * nothing is wrong (warnings alone are good), 1 when something is, 2 when not everything could be
 * looked at.
 */
export async function doctor(paths: readonly string[], options: DoctorOptions): Promise<number> {
  const installation = paths.length === 0 ? await installationOf(options.url) : [];
  const seen = paths.length === 0 ? await askService(options.url) : await checkPaths(paths);
  const findings = [...installation.map(reported), ...seen.findings];
  const report = { slos: seen.slos, findings, unfinished: seen.unfinished };
  console.log(
    options.json === true ? JSON.stringify(report) : doctorReport(report, coloursWanted()),
  );
  const wrong = findings.some(
    ({ severity, check }) => severity === 'error' && check !== 'service-unreachable',
  );
  if (wrong) return 1;
  if (seen.slos !== null && seen.unfinished.length === 0) return 0;
  console.error('Not everything could be looked at; the report says what and why.');
  return 2;
}

/** Definitions that need not be in force, against the data sources of this configuration. */
async function checkPaths(paths: readonly string[]): Promise<Report> {
  for (const path of paths) await mustBeReadable(path);
  const { config } = usableConfiguration();
  const datasources = config.datasources.map(({ name }) => name);
  const { slos: placed, problems } = await validatePaths(paths, { datasources });
  const source = new PrometheusSeriesSource(config.datasources);
  const clock = new SystemClock();
  const intervals = new Map(
    config.datasources.map(({ name, scrapeIntervalSeconds }) => [name, scrapeIntervalSeconds]),
  );
  const scrapeIntervalSeconds = (name: string): number => intervals.get(name) ?? 15;
  const own = new Doctor(source, source, clock, { scrapeIntervalSeconds, ledger: null });
  const progress = new Progress('asking the data sources');
  progress.expect(placed.length);
  try {
    const slos = placed.map(({ slo }) => slo);
    const checkup = await own.checkup(slos, {
      deadlineSeconds: PATHS_DEADLINE_SECONDS,
      onProgress: () => {
        progress.advance();
      },
    });
    return doctorView(checkup, placed, problems, clock.now());
  } finally {
    progress.stop();
    source.close();
  }
}

/** A service that cannot be asked leaves what was found on this machine. */
async function askService(url: string): Promise<Report> {
  const progress = new Progress('waiting for the service, seconds');
  progress.expect(SERVICE_TIMEOUT_SECONDS);
  const ticking = setInterval(() => {
    progress.advance();
  }, 1_000);
  try {
    const service = serviceAt(url);
    const { status, body } = await callService(service, {
      method: 'GET',
      path: '/api/v1/doctor',
      timeoutMilliseconds: SERVICE_TIMEOUT_SECONDS * 1_000,
    });
    if (status !== 200) throw refusal(service, status, body);
    if (!isView(body)) {
      throw new CouldNotRun(`${url} did not answer with findings: is it a Slowburn service?`);
    }
    return body;
  } catch (error) {
    if (!(error instanceof CouldNotRun)) throw error;
    const unreachable: InstallationFinding = {
      check: 'service-unreachable',
      severity: 'error',
      value: error.message,
      allowed: '',
      action: 'start it or say where it is; to check definitions without it, give their paths',
    };
    return { findings: [reported(unreachable)], slos: null, unfinished: [] };
  } finally {
    clearInterval(ticking);
    progress.stop();
  }
}

function isView(body: unknown): body is DoctorView {
  return typeof body === 'object' && body !== null && 'findings' in body && 'unfinished' in body;
}

/** Only where the service is meant to run on this machine: another one's settings are not here. */
async function installationOf(url: string): Promise<readonly InstallationFinding[]> {
  if (!URL.canParse(url) || !LOOPBACK.test(new URL(url).hostname)) return [];
  try {
    const { config, warnings } = configuration();
    const told = warnings.map((value) => configurationFinding('warning', value));
    return [...told, ...(await checkInstallation(config))];
  } catch (error) {
    if (!(error instanceof ConfigRefused)) throw error;
    return error.problems.map((problem) => configurationFinding('error', problem));
  }
}

/** The sentence says what is allowed. */
function configurationFinding(severity: 'error' | 'warning', value: string): InstallationFinding {
  return { check: 'configuration', severity, value, allowed: '', action: '' };
}

/** @throws CouldNotRun: without it there is no source to ask */
export function usableConfiguration(): LoadedConfig {
  try {
    return configuration();
  } catch (error) {
    if (error instanceof ConfigRefused) throw new CouldNotRun(error.message, { cause: error });
    throw error;
  }
}

function configuration(): LoadedConfig {
  return loadConfig(process.env, (path) => readFileSync(path, 'utf8'));
}

function reported(finding: InstallationFinding): Reported {
  return { ...finding, slo: null, datasource: null, place: null, path: '' };
}
