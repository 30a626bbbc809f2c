import { formatSeconds } from '../domain/duration';
import type { AlertTier } from '../domain/alert-policy';
import type { Slo } from '../domain/slo';
import { windowName } from '../domain/slo-window';
import { STATUSES } from '../domain/status';
import type { Figures, TierFigure } from '../evaluation/figures';
import { carriedLabels } from '../domain/carried-labels';
import { type Exposition, labelText, sampleName } from './exposition';
import { HeldCounts } from './held-counts';
import { MadeOnce } from '../evaluation/made-once';
import { SLO_METRICS } from './names';

type Value = (figures: Figures) => number | null;

interface Row {
  readonly figures: Figures;
  readonly names: SampleNames;
}

/** One value per SLO and group. */
const SINGLE: readonly (readonly [(typeof SLO_METRICS)[keyof typeof SLO_METRICS], Value])[] = [
  [SLO_METRICS.objective, ({ slo }) => slo.objective.ratio],
  [SLO_METRICS.window, ({ budget }) => budget.windowSeconds],
  [SLO_METRICS.sli, ({ budget }) => budget.sliRatio],
  [SLO_METRICS.remaining, ({ budget }) => budget.budget?.remainingRatio ?? null],
  [SLO_METRICS.consumed, ({ budget }) => budget.budget?.consumedRatio ?? null],
  [SLO_METRICS.remainingSeconds, ({ budget }) => budget.spent?.remainingSeconds ?? null],
  [SLO_METRICS.coverage, ({ budget }) => budget.coverageRatio],
  [SLO_METRICS.dataAge, ({ dataAgeSeconds }) => dataAgeSeconds],
  [SLO_METRICS.status, ({ status }) => STATUSES.indexOf(status)],
];

/** The SLOs' figures as metrics; a figure that cannot be known has no sample. */
export class SloExposition {
  private readonly counts = new HeldCounts();
  private readonly names: MadeOnce<SampleNames>;

  /** @param allowedLabels labels of SLOs that are exported too */
  constructor(allowedLabels: readonly string[]) {
    this.names = new MadeOnce(({ slo, group }) => {
      const carried = carriedLabels(slo, group, allowedLabels);
      return new SampleNames(slo, labelText({ service: slo.service, slo: slo.name, ...carried }));
    });
  }

  write(out: Exposition, all: readonly Figures[]): void {
    const rows = all.map((figures): Row => ({ figures, names: this.names.of(figures) }));
    SINGLE.forEach(([metric, value], k) => {
      out.begin(metric);
      for (const { figures, names } of rows) out.sample(names.single[k] ?? '', value(figures));
    });
    out.begin(SLO_METRICS.burnRate);
    for (const { figures, names } of rows) {
      for (const { windowSeconds, burnRate } of figures.burn) {
        out.sample(names.burnRate(windowSeconds), burnRate);
      }
    }
    out.begin(SLO_METRICS.firing);
    for (const { figures, names } of rows) {
      for (const tier of figures.tiers) out.sample(names.firing(tier), tier.firing ? 1 : 0);
    }
    this.writeCounters(out, rows);
    out.begin(SLO_METRICS.info);
    for (const { names } of rows) out.sample(names.info, 1);
  }

  private writeCounters(out: Exposition, rows: readonly Row[]): void {
    const counts = this.counts.of(rows.map(({ figures }) => figures));
    out.begin(SLO_METRICS.good);
    rows.forEach(({ names }, k) => {
      out.sample(names.good, counts[k]?.good ?? null);
    });
    out.begin(SLO_METRICS.total);
    rows.forEach(({ names }, k) => {
      out.sample(names.total, counts[k]?.total ?? null);
    });
  }
}

/** What stands before the values of one SLO and group. */
class SampleNames {
  /** In the order of `SINGLE`. */
  readonly single: readonly string[];
  readonly good: string;
  readonly total: string;
  readonly info: string;
  private readonly burnRates = new Map<number, string>();
  private readonly tiers = new Map<AlertTier, string>();

  constructor(
    slo: Slo,
    private readonly labels: string,
  ) {
    this.single = SINGLE.map(([metric]) => sampleName(metric, labels));
    this.good = sampleName(SLO_METRICS.good, labels);
    this.total = sampleName(SLO_METRICS.total, labels);
    this.info = sampleName(SLO_METRICS.info, `${labels},${infoText(slo)}`);
  }

  burnRate(seconds: number): string {
    let name = this.burnRates.get(seconds);
    if (name === undefined) {
      const labels = `${this.labels},window="${formatSeconds(seconds)}"`;
      this.burnRates.set(seconds, (name = sampleName(SLO_METRICS.burnRate, labels)));
    }
    return name;
  }

  firing({ tier, severity }: TierFigure): string {
    let name = this.tiers.get(tier);
    if (name === undefined) {
      const { longSeconds, shortSeconds } = tier;
      const windows = { long: formatSeconds(longSeconds), short: formatSeconds(shortSeconds) };
      const labels = `${this.labels},${labelText({ severity, ...windows })}`;
      this.tiers.set(tier, (name = sampleName(SLO_METRICS.firing, labels)));
    }
    return name;
  }
}

function infoText(slo: Slo): string {
  return labelText({
    description: slo.description ?? '',
    team: slo.team ?? '',
    objective: slo.objective.text,
    window: windowName(slo.window),
  });
}
