import type { Report, ReportedDay, SloReport } from '../../src/reports/report';
import { reportWith, sloReportWith } from './reports';

/** Texts that formats have stumbled over: of definitions, label values and people. */
export const ODD_TEXTS = {
  script: `<script>alert('x')</script>"&amp;</title>`,
  formula: '=HYPERLINK("http://x","y")',
  lines: 'one | two\nthree `four` *five* [six](http://x) \\| seven',
  rightToLeft: 'שירות תשלומים 😀 مرحبا',
  long: `${'endpoint-'.repeat(22)}xy`,
} as const;

const PIECES = [
  { from: '2026-09-30T23:00:00.000Z', to: '2026-10-14T23:00:00.000Z', objective: 0.99 },
  { from: '2026-10-14T23:00:00.000Z', to: '2026-11-01T00:00:00.000Z', objective: 0.995 },
];

/** October of two services and of texts nobody should name a service by, with figures that do not round. */
export function oddReport(): Report {
  return reportWith(
    month({ slo: 'faciliauto/api-errors', description: 'Respostas sem erro do servidor' }),
    month(
      {
        ...{ slo: 'faciliauto/api-latency', description: ODD_TEXTS.lines, team: ODD_TEXTS.formula },
        ...{ objective: 0.9932, objectives: PIECES },
        exclusions: [
          exclusion('drop', ODD_TEXTS.lines, ODD_TEXTS.script),
          exclusion('countGood', ODD_TEXTS.formula, ODD_TEXTS.rightToLeft),
        ],
      },
      { 3: 2_900, 4: 1_200, 17: 700, 25: 4_100 },
    ),
    month({ slo: 'faciliauto/checkout', group: { endpoint: ODD_TEXTS.script, zone: 'b' } }),
    month({ slo: 'faciliauto/checkout', group: { endpoint: ODD_TEXTS.long } }, { 9: 800 }),
    month({ slo: 'faciliauto/checkout', group: { endpoint: ODD_TEXTS.rightToLeft } }),
    month({ slo: 'faciliauto/checkout', group: { endpoint: '' } }),
    unknown('faciliauto/recommendations'),
    month({ slo: `${ODD_TEXTS.formula}/api`, service: ODD_TEXTS.formula, team: null }, { 30: 9 }),
    month(
      { slo: `${ODD_TEXTS.script}/api`, service: ODD_TEXTS.script, description: null },
      Object.fromEntries(Array.from({ length: 25 }, (_, k) => [k + 1, 40 + k])),
    ),
  );
}

/** @param incidents bad events beyond the ordinary, by day of the month */
function month(
  different: Partial<SloReport> & Pick<SloReport, 'slo'>,
  incidents: Readonly<Record<number, number>> = { 12: 260 },
): SloReport {
  const objective = different.objective ?? 0.995;
  let [bad, total] = [0, 0];
  const days = Array.from({ length: 31 }, (_, k): ReportedDay => {
    const ofDay = 30_000 + ((k * 7_919) % 9_001);
    const badOfDay = Math.min(ofDay, 20 + ((k * 31) % 47) + (incidents[k + 1] ?? 0));
    const idle = k === 20;
    if (!idle) [bad, total] = [bad + badOfDay, total + ofDay];
    return {
      date: `2026-10-${String(k + 1).padStart(2, '0')}`,
      sli: idle ? null : 1 - badOfDay / ofDay,
      bad: idle ? 0 : badOfDay,
      total: idle ? 0 : ofDay,
      coverage: idle ? 0.25 : 287 / 288,
      remainingRatio: 1 - bad / (total * (1 - objective)),
    };
  });
  const allowedBad = total * (1 - objective);
  const consumedRatio = bad / allowedBad;
  const totalMinutes = (1 - objective) * 745 * 60;
  return sloReportWith({
    service: different.slo.split('/')[0] ?? '',
    ...{ objective, days, sli: 1 - bad / total, met: bad <= allowedBad },
    objectives: [{ ...wholeMonth(), objective }],
    events: { good: total - bad, bad, total },
    budget: {
      ...{ ratio: 1 - objective, allowedBad, consumedRatio, remainingRatio: 1 - consumedRatio },
      ...{ remainingBad: allowedBad - bad, totalMinutes },
      consumedMinutes: consumedRatio * totalMinutes,
      remainingMinutes: (1 - consumedRatio) * totalMinutes,
    },
    downtimeMinutes: (bad / total) * 744.25 * 60,
    coverage: {
      ratio: 0.9731,
      remainingRatioWorst: 1 - consumedRatio - 5.4,
      remainingRatioBest: 1 - consumedRatio + 0.011,
    },
    raw: { sli: 0.99 + 1 / 300, remainingRatio: -1 / 3 },
    episodes: Object.entries(incidents)
      .map(([day, extra]) => ({
        from: `2026-10-${day.padStart(2, '0')}T00:25:00.000Z`,
        to: `2026-10-${day.padStart(2, '0')}T03:35:00.000Z`,
        ...{ bad: extra, total: 4_321, budgetShare: extra / allowedBad },
        peakBurnRate: 100 / 7,
      }))
      .sort((a, b) => b.bad - a.bad),
    ...different,
  });
}

function unknown(slo: string): SloReport {
  return sloReportWith({
    ...{ slo, service: 'faciliauto', met: null, sli: null, events: { good: 0, bad: 0, total: 0 } },
    budget: {
      ...{ ratio: 0.005, allowedBad: null, consumedRatio: null, remainingRatio: null },
      ...{ remainingBad: null, totalMinutes: 223.5, consumedMinutes: null, remainingMinutes: null },
    },
    downtimeMinutes: null,
    coverage: { ratio: 0, remainingRatioWorst: null, remainingRatioBest: null },
    raw: { sli: null, remainingRatio: null },
    reason: 'the source was not seen between 2026-09-30T23:00:00.000Z and 2026-11-01T00:00:00.000Z',
    ...{ days: [], episodes: [], alerts: { pages: null, tickets: null, firingMinutes: null } },
    previousMonths: [],
  });
}

function exclusion(treatment: 'drop' | 'countGood', reason: string, author: string) {
  const [from, to] = ['2026-10-08T21:00:00.000Z', '2026-10-08T23:30:00.000Z'];
  return { id: `id-${treatment}`, from, to, treatment, reason, author };
}

function wholeMonth() {
  return { from: '2026-09-30T23:00:00.000Z', to: '2026-11-01T00:00:00.000Z' };
}
