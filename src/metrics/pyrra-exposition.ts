import { sloId } from '../domain/slo';
import { badOf, unscaled } from '../domain/tally';
import type { BurnFigure, Figures } from '../evaluation/figures';
import { type Exposition, labelText, sampleName } from './exposition';
import { HeldCounts } from './held-counts';
import { MadeOnce } from '../evaluation/made-once';
import { type MetricName, PYRRA_METRICS } from './names';
import { rowName } from './row-name';

type Value = (figures: Figures, row: number) => number | null;

const RATE_SECONDS = 300;

/**
 * The figures under Pyrra's generic names, for its dashboards. These choose and join by `slo` alone,
 * so it holds what is unique here, service, name and group, and no other label stands beside it.
 * Names that Pyrra makes of the metrics of an SLO (`http_requests:burnrate5m`) have no counterpart.
 */
export class PyrraExposition {
  private readonly counts = new HeldCounts();
  private readonly names = new MadeOnce(({ slo, group }) => {
    const labels = labelText({ slo: rowName(sloId(slo), group) });
    return new Map(
      Object.values(PYRRA_METRICS).map((metric) => [metric.name, sampleName(metric, labels)]),
    );
  });

  write(out: Exposition, all: readonly Figures[]): void {
    const names = all.map((figures) => this.names.of(figures));
    const counts = this.counts.of(all);
    const values: readonly (readonly [MetricName, Value])[] = [
      [PYRRA_METRICS.objective, ({ slo }) => slo.objective.ratio],
      [PYRRA_METRICS.window, ({ budget }) => budget.windowSeconds],
      [PYRRA_METRICS.availability, ({ budget }) => budget.sliRatio],
      [PYRRA_METRICS.requestRate, (figures) => perSecond(figures, ({ total }) => total)],
      [PYRRA_METRICS.errorRate, (figures) => perSecond(figures, badOf)],
      [PYRRA_METRICS.requests, (_, row) => counts[row]?.total ?? null],
      [PYRRA_METRICS.errors, (_, row) => counts[row]?.bad ?? null],
    ];
    for (const [metric, value] of values) {
      out.begin(metric);
      all.forEach((figures, row) => {
        out.sample(names[row]?.get(metric.name) ?? '', value(figures, row));
      });
    }
  }
}

/** Events by the time in which the source was seen; null while that is less than half of it. */
function perSecond(
  { burn, scale }: Figures,
  count: (events: BurnFigure['events']) => bigint,
): number | null {
  const last = burn.find(({ windowSeconds }) => windowSeconds === RATE_SECONDS);
  if (last === undefined || last.burnRate === null) return null;
  return unscaled(count(last.events), scale) / (RATE_SECONDS * last.coverageRatio);
}
