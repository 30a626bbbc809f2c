import { percentageOf } from '../definitions/percentage';
import { DAY_SECONDS, formatSeconds } from '../domain/duration';
import { toNumber } from '../domain/fraction';
import type { Slo } from '../domain/slo';
import { badOf, type Tally } from '../domain/tally';
import type { BurnFigure, Figures } from '../evaluation/figures';
import { carriedLabels } from '../domain/carried-labels';
import { type Exposition, labelText, sampleName } from './exposition';
import { MadeOnce } from '../evaluation/made-once';
import { type MetricName, SLOTH_METRICS as SLOTH, slothErrorRatio } from './names';
import { rowName } from './row-name';

/** What a family says of a row, and of which window; without one it has no `sloth_window`. */
interface Family {
  readonly metric: MetricName;
  readonly value: (figures: Figures) => number | null;
  readonly window?: (figures: Figures) => string;
}

const CURRENT_SECONDS = 300;
const WEEK_SECONDS = 7 * DAY_SECONDS;
const YEAR_SECONDS = 365 * DAY_SECONDS;

const FAMILIES: readonly Family[] = [
  { metric: SLOTH.objective, value: ({ slo }) => slo.objective.ratio },
  { metric: SLOTH.errorBudget, value: ({ slo }) => slo.objective.budgetRatio },
  { metric: SLOTH.periodDays, value: ({ budget }) => budget.windowSeconds / DAY_SECONDS },
  {
    metric: SLOTH.currentBurnRate,
    value: (figures) => burnOver(figures, CURRENT_SECONDS)?.burnRate ?? null,
    window: () => prometheusDuration(CURRENT_SECONDS),
  },
  {
    metric: SLOTH.periodBurnRate,
    value: ({ budget }) => budget.budget?.consumedRatio ?? null,
    window: periodName,
  },
  {
    metric: SLOTH.remaining,
    value: ({ budget }) => budget.budget?.remainingRatio ?? null,
    window: periodName,
  },
];

/**
 * The figures under the names and labels of Sloth's recording rules, so that its dashboards and what
 * was built on them go on working. The figures are ours: counted, where Sloth averages ratios.
 */
export class SlothExposition {
  private readonly names: MadeOnce<SlothNames>;

  /** @param allowedLabels labels of SLOs that are exported too */
  constructor(allowedLabels: readonly string[], version: string) {
    this.names = new MadeOnce(({ slo, group }) => {
      const own = {
        sloth_id: rowName(`${slo.service}-${slo.name}`, group),
        sloth_service: slo.service,
        sloth_slo: rowName(slo.name, group),
        ...carriedLabels(slo, group, allowedLabels),
      };
      return new SlothNames(labelText(own), infoText(slo, version));
    });
  }

  write(out: Exposition, all: readonly Figures[]): void {
    const names = all.map((figures) => this.names.of(figures));
    for (const { metric, value, window } of [...errorRatios(all), ...FAMILIES]) {
      out.begin(metric);
      all.forEach((figures, row) => {
        out.sample(names[row]?.of(metric, window?.(figures)) ?? '', value(figures));
      });
    }
    out.begin(SLOTH.info);
    for (const { info } of names) out.sample(info, 1);
  }
}

/** What stands before the values of one SLO and group. */
class SlothNames {
  readonly info: string;
  private readonly made = new Map<string, string>();

  constructor(
    private readonly labels: string,
    info: string,
  ) {
    this.info = sampleName(SLOTH.info, `${labels},${info}`);
  }

  of(metric: MetricName, window: string | undefined): string {
    const key = window === undefined ? metric.name : `${metric.name} ${window}`;
    let name = this.made.get(key);
    if (name === undefined) {
      const further = window === undefined ? '' : `,${labelText({ sloth_window: window })}`;
      this.made.set(key, (name = sampleName(metric, this.labels + further)));
    }
    return name;
  }
}

/** A family for each window that any SLO burns over, the shortest first. */
function errorRatios(all: readonly Figures[]): readonly Family[] {
  const lengths = new Set(all.flatMap(({ burn }) => burn.map((each) => each.windowSeconds)));
  return [...lengths]
    .sort((a, b) => a - b)
    .map((seconds) => {
      const window = prometheusDuration(seconds);
      return {
        metric: slothErrorRatio(window),
        value: (figures) => errorRatio(spentOver(figures, seconds)),
        window: () => window,
      };
    });
}

function burnOver({ burn }: Figures, seconds: number): BurnFigure | null {
  return burn.find(({ windowSeconds }) => windowSeconds === seconds) ?? null;
}

/** Events of a window; null where too little of it was seen for a burn, or of the SLO's own for a budget. */
function spentOver(figures: Figures, seconds: number): Tally | null {
  const { budget, slo } = figures;
  if (slo.window.kind === 'rolling' && slo.window.seconds === seconds) {
    return budget.budget === null ? null : budget.events;
  }
  const burn = burnOver(figures, seconds);
  return burn?.burnRate == null ? null : burn.events;
}

/** Bad by all events; 0 where time was seen in which nothing happened. */
function errorRatio(events: Tally | null): number | null {
  if (events === null) return null;
  if (events.total === 0n) return 0;
  return toNumber({ numerator: badOf(events), denominator: events.total });
}

function periodName({ slo }: Figures): string {
  return slo.window.kind === 'rolling' ? prometheusDuration(slo.window.seconds) : slo.window.unit;
}

/** As Prometheus prints durations, and Sloth names windows by them: whole weeks and years as such. */
function prometheusDuration(seconds: number): string {
  if (seconds % YEAR_SECONDS === 0) return `${seconds / YEAR_SECONDS}y`;
  return seconds % WEEK_SECONDS === 0 ? `${seconds / WEEK_SECONDS}w` : formatSeconds(seconds);
}

function infoText({ objective }: Slo, version: string): string {
  return labelText({
    sloth_version: version,
    sloth_mode: 'slowburn',
    sloth_spec: 'slowburn/v1',
    sloth_objective: percentageOf(objective.text),
  });
}
