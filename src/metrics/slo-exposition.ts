import { formatSeconds } from '../domain/duration';
import { sloId } from '../domain/slo';
import { windowName } from '../domain/slo-window';
import { unscaled } from '../domain/tally';
import type { Figures } from '../evaluation/figures';
import { type Exposition, labelText } from './exposition';
import { RESERVED_LABELS, SLO_METRICS } from './names';

type Value = (figures: Figures) => number | null;

interface Counts {
  readonly good: number;
  readonly total: number;
}

/** What was exported of a row's counters, and what they stood at when its revision began. */
interface Told extends Counts {
  readonly slo: string;
  readonly revision: string;
  readonly base: Counts;
}

const ZERO: Counts = { good: 0, total: 0 };

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
  private told = new Map<string, Told>();

  /** @param allowedLabels labels of SLOs that are exported too */
  constructor(private readonly allowedLabels: readonly string[]) {}

  write(out: Exposition, all: readonly Figures[]): void {
    const labelled = all.map((figures) => [figures, labelText(this.labelsOf(figures))] as const);
    for (const [metric, value] of SINGLE) {
      out.family(
        metric,
        labelled.map(([figures, labels]) => [labels, value(figures)]),
      );
    }
    out.family(
      SLO_METRICS.burnRate,
      labelled.flatMap(([{ burn }, labels]) =>
        burn.map(
          ({ windowSeconds, burnRate }) =>
            [`${labels},window="${formatSeconds(windowSeconds)}"`, burnRate] as const,
        ),
      ),
    );
    out.family(
      SLO_METRICS.firing,
      labelled.flatMap(([{ tiers }, labels]) =>
        tiers.map(({ tier, severity, firing }) => {
          const own = {
            severity,
            long: formatSeconds(tier.longSeconds),
            short: formatSeconds(tier.shortSeconds),
          };
          return [`${labels},${labelText(own)}`, firing ? 1 : 0] as const;
        }),
      ),
    );
    this.forgetAllBut(new Set(all.map(({ slo }) => sloId(slo))));
    const counts = labelled.map(([figures, labels]) => [labels, this.countsOf(figures)] as const);
    out.family(
      SLO_METRICS.good,
      counts.map(([labels, { good }]) => [labels, good]),
    );
    out.family(
      SLO_METRICS.total,
      counts.map(([labels, { total }]) => [labels, total]),
    );
    out.family(
      SLO_METRICS.info,
      labelled.map(([figures, labels]) => [`${labels},${infoText(figures)}`, 1]),
    );
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
   * Counters never go back: a correction downward holds the value that was already told, and a new
   * revision of what is counted goes on from it.
   */
  private countsOf({ slo, revision, group, lifetime, scale }: Figures): Counts {
    const key = `${sloId(slo)} ${JSON.stringify(group)}`;
    const before = this.told.get(key);
    const base = before === undefined ? ZERO : before.revision === revision ? before.base : before;
    const counts = {
      good: Math.max(before?.good ?? 0, base.good + unscaled(lifetime.good, scale)),
      total: Math.max(before?.total ?? 0, base.total + unscaled(lifetime.total, scale)),
    };
    const { good, total } = base;
    this.told.set(key, { ...counts, slo: sloId(slo), revision, base: { good, total } });
    return counts;
  }

  private forgetAllBut(slos: ReadonlySet<string>): void {
    this.told = new Map([...this.told].filter(([, { slo }]) => slos.has(slo)));
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

function infoText({ slo }: Figures): string {
  return labelText({
    description: slo.description ?? '',
    team: slo.team ?? '',
    objective: slo.objective.text,
    window: windowName(slo.window),
  });
}
