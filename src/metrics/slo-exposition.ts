import { formatSeconds } from '../domain/duration';
import { sloId } from '../domain/slo';
import { windowName } from '../domain/slo-window';
import { unscaled } from '../domain/tally';
import type { Figures } from '../evaluation/figures';
import { type Exposition, labelText } from './exposition';
import { RESERVED_LABELS, SLO_METRICS } from './names';

type Value = (figures: Figures) => number | null;

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
  private readonly highest = new Map<string, { good: number; total: number }>();

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

  private labelsOf({ slo, group }: Figures): Readonly<Record<string, string>> {
    const own = Object.entries(slo.labels)
      .filter(([name]) => this.allowedLabels.includes(name))
      .map(([name, value]) => [taken(name, group) ? `label_${name}` : name, value] as const);
    const grouped = Object.entries(group ?? {}).map(
      ([name, value]) => [RESERVED_LABELS.includes(name) ? `group_${name}` : name, value] as const,
    );
    return { service: slo.service, slo: slo.name, ...Object.fromEntries([...grouped, ...own]) };
  }

  /** Counters never go back: a correction downward holds the value that was already told. */
  private countsOf({ slo, group, lifetime, scale }: Figures): { good: number; total: number } {
    const key = `${sloId(slo)} ${JSON.stringify(group)}`;
    const before = this.highest.get(key);
    const counts = {
      good: Math.max(before?.good ?? 0, unscaled(lifetime.good, scale)),
      total: Math.max(before?.total ?? 0, unscaled(lifetime.total, scale)),
    };
    this.highest.set(key, counts);
    return counts;
  }
}

function taken(name: string, group: Figures['group']): boolean {
  return RESERVED_LABELS.includes(name) || (group !== null && name in group);
}

function infoText({ slo }: Figures): string {
  return labelText({
    description: slo.description ?? '',
    team: slo.team ?? '',
    objective: slo.objective.text,
    window: windowName(slo.window),
  });
}
