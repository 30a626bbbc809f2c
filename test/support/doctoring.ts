import { Clock } from '../../src/collection/clock';
import { Doctor, type DoctorSettings } from '../../src/doctor/doctor';
import { type Finding, findingText } from '../../src/doctor/finding';
import type { Slo } from '../../src/domain/slo';
import { revisionOf } from '../../src/ledger/revision';
import type { Stream } from '../../src/ledger/stream';
import type { PrometheusSeriesSource } from '../../src/prometheus/prometheus-series-source';
import { now } from './doctor-worlds';

class Now extends Clock {
  now(): number {
    return now;
  }

  realSeconds(seconds: number): number {
    return seconds;
  }
}

/** A ledger that holds so much of an SLO. */
export function ledgerOf(slo: Slo, coveredSeconds: number): DoctorSettings['ledger'] {
  const oldest = { at: now - 30 * 86_400, good: 0n, total: 0n, coveredSeconds: -1 };
  const newest = { at: now, good: 1n, total: 1n, coveredSeconds: coveredSeconds - 1 };
  const stream: Stream = {
    ...{ id: 1, service: slo.service, name: slo.name, group: null, revision: revisionOf(slo) },
    ...{ scale: 1n, oldest, newest, backfilledTo: oldest.at, lastCoveredAt: now, corrections: 0 },
  };
  return { streams: () => Promise.resolve([stream]) };
}

/** A doctor of the instant `now`. */
export function doctorOf(
  source: PrometheusSeriesSource,
  ledger: DoctorSettings['ledger'] = null,
  scrapeIntervalSeconds = 15,
): Doctor {
  const settings = { scrapeIntervalSeconds: () => scrapeIntervalSeconds, ledger };
  return new Doctor(source, source, new Now(), settings);
}

/** Severity, check and sentence of everything that is found about one SLO. */
export async function toldOf(slo: Slo, doctor: Doctor): Promise<readonly (readonly string[])[]> {
  return told((await doctor.checkup([slo], { deadlineSeconds: 30 })).findings);
}

export function told(findings: readonly Finding[]): readonly (readonly string[])[] {
  return findings.map((finding) => [finding.severity, finding.check, findingText(finding)]);
}
