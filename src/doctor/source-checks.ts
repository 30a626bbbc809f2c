import { SourceFailure, type SeriesSource } from '../collection/series-source';
import { OutOfTime } from './bounded-asking';
import type { Symptom } from './finding';

/** A clock off by more reads steps before their samples have come, or leaves them for later. */
const MOST_SKEW_SECONDS = 2;

/**
 * Whether the source answers at all, and whether its clock agrees with ours.
 *
 * @returns symptoms, and whether its SLOs can be looked at
 */
export async function checkSource(
  source: SeriesSource,
  datasource: string,
  now: number,
): Promise<{ readonly symptoms: readonly Symptom[]; readonly answers: boolean }> {
  if (!source.datasources().includes(datasource)) {
    return { symptoms: [unknown(datasource, source.datasources())], answers: false };
  }
  try {
    await source.instant(datasource, 'time()', now);
  } catch (error) {
    if (error instanceof OutOfTime) return { symptoms: [tooSlow(datasource)], answers: false };
    if (!(error instanceof SourceFailure)) throw error;
    return { symptoms: [silent(error)], answers: false };
  }
  const { clockSkewSeconds } = source.health(datasource);
  const skew = clockSkewSeconds ?? 0;
  if (Math.abs(skew) <= MOST_SKEW_SECONDS) return { symptoms: [], answers: true };
  const direction = skew > 0 ? 'ahead of' : 'behind';
  const symptom: Symptom = {
    check: 'clock-skew',
    severity: 'warning',
    path: '',
    value: `the clock of data source ${datasource} is ${Math.abs(skew).toFixed(1)} s ${direction} ours`,
    allowed: `up to ${MOST_SKEW_SECONDS} s`,
    action: 'let both machines keep time by NTP',
  };
  return { symptoms: [symptom], answers: true };
}

function silent({ kind, message }: SourceFailure): Symptom {
  if (kind === 'forbidden') {
    return {
      check: 'source-refuses',
      severity: 'error',
      path: '',
      value: message,
      allowed: 'credentials that may query',
      action: 'check bearerTokenFile, basicAuth, headers and tls of the data source',
    };
  }
  return unreachable(message);
}

function tooSlow(datasource: string): Symptom {
  return unreachable(`data source ${datasource}: no answer in the time for this checkup`);
}

function unreachable(value: string): Symptom {
  return {
    check: 'source-unreachable',
    severity: 'error',
    path: '',
    value,
    allowed: 'a server with the query API of Prometheus',
    action:
      'check its url, that it runs, and that nothing between refuses; its SLOs were not looked at',
  };
}

function unknown(datasource: string, known: readonly string[]): Symptom {
  return {
    check: 'source-unreachable',
    severity: 'error',
    path: 'datasource',
    value: `data source ${datasource} is not configured`,
    allowed: known.join(', '),
    action: 'name one of these, or add it to the configuration file; its SLOs were not looked at',
  };
}
