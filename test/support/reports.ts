import type { Report, SloReport } from '../../src/reports/report';
import { serviceSummaries, summaryOf } from '../../src/reports/summaries';

/** A row of a report, of a month of 745 hours, but for what a test says. */
export function sloReportWith(different: Partial<SloReport> = {}): SloReport {
  return {
    slo: 'shop/api-errors',
    service: 'shop',
    group: null,
    description: 'Answers without a server error',
    team: 'backend',
    objective: 0.995,
    objectives: [
      { from: '2026-09-30T23:00:00.000Z', to: '2026-11-01T00:00:00.000Z', objective: 0.995 },
    ],
    met: true,
    sli: 0.998,
    events: { good: 998_000, bad: 2_000, total: 1_000_000 },
    budget: {
      ratio: 0.005,
      allowedBad: 5_000,
      consumedRatio: 0.4,
      remainingRatio: 0.6,
      remainingBad: 3_000,
      totalMinutes: 223.5,
      consumedMinutes: 89.4,
      remainingMinutes: 134.1,
    },
    downtimeMinutes: 89.4,
    coverage: { ratio: 1, remainingRatioWorst: 0.6, remainingRatioBest: 0.6 },
    raw: { sli: 0.998, remainingRatio: 0.6 },
    reason: null,
    days: [
      {
        ...{ date: '2026-10-01', sli: 0.99, bad: 300, total: 30_000 },
        ...{ coverage: 1, remainingRatio: -1 },
      },
    ],
    episodes: [
      {
        from: '2026-10-01T10:00:00.000Z',
        to: '2026-10-01T10:20:00.000Z',
        ...{ bad: 280, total: 2_000, budgetShare: 0.056, peakBurnRate: 30 },
      },
    ],
    exclusions: [],
    alerts: { pages: 1, tickets: 2, firingMinutes: 42.5 },
    previousMonths: [
      { month: '2026-09', sli: 0.9991, remainingRatio: 0.82 },
      { month: '2026-08', sli: null, remainingRatio: null },
      { month: '2026-07', sli: null, remainingRatio: null },
    ],
    ...different,
  };
}

export function reportWith(...slos: readonly SloReport[]): Report {
  return {
    month: '2026-10',
    timeZone: 'Europe/Lisbon',
    from: '2026-09-30T23:00:00.000Z',
    to: '2026-11-01T00:00:00.000Z',
    state: 'interim',
    cutOff: '2026-11-01T00:00:00.000Z',
    revision: 0,
    hash: null,
    previousHash: null,
    overall: summaryOf(slos),
    services: serviceSummaries(slos),
    slos,
  };
}
