import { formatSeconds } from '../domain/duration';
import type { AlertTier } from '../domain/alert-policy';
import { type Group, type Slo, sloId } from '../domain/slo';
import { windowName } from '../domain/slo-window';
import { unscaled } from '../domain/tally';
import type { Figures, TierFigure } from '../evaluation/figures';
import { type Exposition, labelText, sampleName } from './exposition';
import { RESERVED_LABELS, SLO_METRICS } from './names';

type Value = (figures: Figures) => number | null;

interface Counts {
  readonly good: number;
  readonly total: number;
}

/** What was exported of a row's counters. */
interface Told extends Counts {
  readonly slo: string;
}

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
];

/** The SLOs' figures as metrics; a figure that cannot be known has no sample. */
export class SloExposition {
  private readonly told = new Map<string, Told>();
  private readonly names = new WeakMap<Slo, WeakMap<object, SampleNames>>();

  /** @param allowedLabels labels of SLOs that are exported too */
  constructor(private readonly allowedLabels: readonly string[]) {}

  write(out: Exposition, all: readonly Figures[]): void {
    const rows = all.map((figures): Row => ({ figures, names: this.namesOf(figures) }));
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
    this.forgetAllBut(new Set(rows.map(({ names }) => names.id)));
    const counts = rows.map((row) => this.countsOf(row));
    out.begin(SLO_METRICS.good);
    rows.forEach(({ names }, k) => {
      out.sample(names.good, counts[k]?.good ?? null);
    });
    out.begin(SLO_METRICS.total);
    rows.forEach(({ names }, k) => {
      out.sample(names.total, counts[k]?.total ?? null);
    });
  }

  /** Made once for an SLO and group: definitions are replaced, never changed. */
  private namesOf(figures: Figures): SampleNames {
    const { slo, group } = figures;
    let ofSlo = this.names.get(slo);
    if (ofSlo === undefined) this.names.set(slo, (ofSlo = new WeakMap()));
    let names = ofSlo.get(group ?? slo);
    if (names === undefined) {
      names = new SampleNames(slo, group, labelText(this.labelsOf(figures)));
      ofSlo.set(group ?? slo, names);
    }
    return names;
  }

  /** Labels that keep their own name come first, so that the others step aside for them. */
  private labelsOf({ slo, group }: Figures): Readonly<Record<string, string>> {
    const labels = new Map([
      ['service', slo.service],
      ['slo', slo.name],
    ]);
    const grouped = Object.entries(group ?? {}).sort(([a], [b]) => reserved(a) - reserved(b));
    for (const [name, value] of grouped) labels.set(freeName(name, 'group_', labels), value);
    const own = Object.entries(slo.labels).filter(([name]) => this.allowedLabels.includes(name));
    for (const [name, value] of own) labels.set(freeName(name, 'label_', labels), value);
    return Object.fromEntries(labels);
  }

  /**
   * Counters never go back: a correction downward holds the value that was already told. A new
   * revision of what is counted goes on from the old one's by itself, since the count does.
   */
  private countsOf({ names, figures: { lifetime, scale } }: Row): Counts {
    const before = this.told.get(names.key);
    const told = {
      good: Math.max(before?.good ?? 0, unscaled(lifetime.good, scale)),
      total: Math.max(before?.total ?? 0, unscaled(lifetime.total, scale)),
      slo: names.id,
    };
    this.told.set(names.key, told);
    return told;
  }

  private forgetAllBut(slos: ReadonlySet<string>): void {
    for (const [key, { slo }] of this.told) if (!slos.has(slo)) this.told.delete(key);
  }
}

/** What stands before the values of one SLO and group. */
class SampleNames {
  /** `service/name`. */
  readonly id: string;
  /** With the group. */
  readonly key: string;
  /** In the order of `SINGLE`. */
  readonly single: readonly string[];
  readonly good: string;
  readonly total: string;
  readonly info: string;
  private readonly burnRates = new Map<number, string>();
  private readonly tiers = new Map<AlertTier, string>();

  constructor(
    slo: Slo,
    group: Group,
    private readonly labels: string,
  ) {
    this.id = sloId(slo);
    this.key = `${this.id} ${JSON.stringify(group)}`;
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

function reserved(name: string): number {
  return RESERVED_LABELS.includes(name) ? 1 : 0;
}

function freeName(name: string, prefix: string, taken: ReadonlyMap<string, string>): string {
  let free = name;
  while (RESERVED_LABELS.includes(free) || taken.has(free)) free = prefix + free;
  return free;
}

function infoText(slo: Slo): string {
  return labelText({
    description: slo.description ?? '',
    team: slo.team ?? '',
    objective: slo.objective.text,
    window: windowName(slo.window),
  });
}
