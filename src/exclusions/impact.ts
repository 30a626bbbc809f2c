import { DAY_SECONDS, HOUR_SECONDS } from '../domain/duration';
import type { Exclusion } from '../domain/exclusion-scope';
import { type Slo, sloId } from '../domain/slo';
import { badOf, unscaled } from '../domain/tally';
import type { Figures } from '../evaluation/figures';
import type { Figurer } from '../evaluation/figurer';
import type { ImpactFiguresView, ImpactRow } from './impact.dto';

/** Each SLO is computed twice, and reads points of its own. */
const MOST_ROWS = 50;

/** What another list of exclusions would change, as of an instant. */
export async function impactOn(
  figurer: Figurer,
  slos: readonly Slo[],
  at: number,
  before: readonly Exclusion[],
  after: readonly Exclusion[],
): Promise<readonly ImpactRow[]> {
  const rows: ImpactRow[] = [];
  for (const slo of slos.slice(0, MOST_ROWS)) {
    const told = async (excluding: readonly Exclusion[]) =>
      await figurer.figures({ slo, group: null, at, excluding });
    const [was, willBe] = [await told(before), await told(after)];
    if (was === null || willBe === null) continue;
    rows.push({
      slo: sloId(slo),
      objective: slo.objective.ratio,
      before: figuresView(was),
      after: figuresView(willBe),
    });
  }
  return rows;
}

function figuresView({ budget, burn, scale }: Figures): ImpactFiguresView {
  const { events } = budget;
  const rate = (seconds: number) =>
    burn.find(({ windowSeconds }) => windowSeconds === seconds)?.burnRate ?? null;
  return {
    good: unscaled(events.good, scale),
    bad: unscaled(badOf(events), scale),
    total: unscaled(events.total, scale),
    sli: budget.sliRatio,
    consumedRatio: budget.budget?.consumedRatio ?? null,
    remainingRatio: budget.budget?.remainingRatio ?? null,
    burnRates: { '1h': rate(HOUR_SECONDS), '1d': rate(DAY_SECONDS) },
  };
}
