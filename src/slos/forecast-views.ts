import { formatSeconds } from '../domain/duration';
import type { Milestone } from '../domain/forecast';
import { sloId } from '../domain/slo';
import { windowName } from '../domain/slo-window';
import { badOf, unscaled } from '../domain/tally';
import type { BurnFigure } from '../evaluation/figures';
import {
  comparedBurns,
  type Course,
  type Forecast,
  type LeavingSlice,
  type Outlook,
} from '../evaluation/forecasts';
import type {
  AssumptionView,
  CourseView,
  ForecastView,
  InstantView,
  LeavingView,
  MilestoneView,
  RangeView,
  RecoveryView,
} from './forecast-view.dto';
import { rfc3339 } from '../domain/instant';
import { windowView } from './views';

/** @param backTo the share of the budget whose return was asked for; null where none was */
export function forecastView(forecast: Forecast, backTo: number | null): ForecastView {
  const { figures, burn, outlook } = forecast;
  const { slo, group, at, budget, scale } = figures;
  const told = outlook.kind === 'known' ? knownView(forecast, outlook, backTo) : null;
  const reason = outlook.kind === 'unknown' ? outlook.reason : null;
  return {
    slo: sloId(slo),
    group,
    at: rfc3339(at),
    objective: slo.objective.ratio,
    window: windowView(figures),
    budget: {
      bad: unscaled(badOf(budget.events), scale),
      allowedBad: budget.budget?.allowedBad ?? null,
      remainingRatio: budget.budget?.remainingRatio ?? null,
    },
    assumption: assumptionView(burn, outlook.kind === 'known' ? outlook : null),
    ...(told ?? { ...NOTHING_TOLD, exhaustion: { at: null, inSeconds: null, reason } }),
    reason,
  };
}

const NOTHING_TOLD = {
  exhaustionRange: null,
  recovery: null,
  recoveryRange: null,
  courses: [],
  leaving: [],
  end: null,
  projected: null,
} as const;

function knownView(
  forecast: Forecast,
  outlook: Outlook,
  backTo: number | null,
): Omit<
  ForecastView,
  'slo' | 'group' | 'at' | 'objective' | 'window' | 'budget' | 'assumption' | 'reason'
> {
  const { figures, burn } = forecast;
  const { at, budget } = figures;
  const { course, courses, projected } = outlook;
  const isSpent = course.exhaustedAt === at;
  const allowedBad = budget.budget?.allowedBad ?? 0;
  return {
    exhaustion: exhaustionView(forecast, course),
    exhaustionRange: rangeOf(courses.map(({ exhaustedAt }) => exhaustedAt)),
    recovery: isSpent || backTo !== null ? recoveryView(forecast, outlook, backTo ?? 0) : null,
    recoveryRange: isSpent ? rangeOf(courses.map(({ recoveredAt }) => recoveredAt)) : null,
    courses: comparedBurns(figures, burn).map((each) => courseView(each, courses, isSpent)),
    leaving: outlook.leaving.map((slice) => leavingView(slice, allowedBad)),
    end: milestoneView(outlook.end, at),
    projected: projected && {
      ...projected,
      endsAt: rfc3339(projected.endsAt),
      exhaustedAt: instant(projected.exhaustedAt),
    },
  };
}

function assumptionView(
  { windowSeconds, burnRate }: BurnFigure,
  outlook: Outlook | null,
): AssumptionView {
  const burn = formatSeconds(windowSeconds);
  const eventsPerSecond = outlook?.eventsPerSecond ?? null;
  return {
    burn,
    burnRate,
    eventsPerSecond,
    text:
      `the burn of the last ${burn} goes on` +
      (burnRate === null ? ', which is not known' : ` (${plain(burnRate)})`) +
      ', with the mean traffic of the time of the SLO window that was seen' +
      (eventsPerSecond === null ? '' : ` (${plain(eventsPerSecond)} events a second)`),
  };
}

function exhaustionView({ figures }: Forecast, { exhaustedAt }: Course): InstantView {
  const { at } = figures;
  const reason = exhaustedAt === at ? 'it is spent already' : null;
  return exhaustedAt === null
    ? { at: null, inSeconds: null, reason: `something is left ${walkText(figures)}` }
    : { at: instant(exhaustedAt), inSeconds: Math.round(exhaustedAt - at), reason };
}

function recoveryView({ figures, burn }: Forecast, outlook: Outlook, backTo: number): RecoveryView {
  const { at } = figures;
  const { course, calm, backAt, highest, projected } = outlook;
  const recoveredAt = course.recoveredAt ?? projected?.endsAt ?? null;
  const never = `nothing is left ${walkText(figures)} while it burns at ${plain(burn.burnRate ?? 0)}`;
  const anew = course.recoveredAt === null && projected !== null;
  return {
    at: instant(recoveredAt),
    inSeconds: recoveredAt === null ? null : Math.round(recoveredAt - at),
    reason:
      recoveredAt === null ? never : anew ? 'the period ends and everything begins anew' : null,
    backTo,
    backAt: instant(backAt ?? projected?.endsAt ?? null),
    withoutFurtherBadAt: instant(calm.recoveredAt ?? projected?.endsAt ?? null),
    highest: milestoneView(highest, at),
  };
}

function walkText({ slo }: Forecast['figures']): string {
  return slo.window.kind === 'rolling'
    ? `for the whole of the next ${windowName(slo.window)}`
    : `until the ${slo.window.unit} ends`;
}

function courseView(burn: BurnFigure, courses: readonly Course[], isSpent: boolean): CourseView {
  const course = courses.find((each) => each.burn === burn);
  return {
    burn: formatSeconds(burn.windowSeconds),
    burnRate: burn.burnRate,
    exhaustedAt: instant(course?.exhaustedAt ?? null),
    recoveredAt: instant(isSpent ? (course?.recoveredAt ?? null) : null),
    reason: burn.reason,
  };
}

/** The latest of instants of which one never comes is never. */
function rangeOf(instants: readonly (number | null)[]): RangeView {
  const known = instants.filter((each) => each !== null);
  const earliest = known.length === 0 ? null : Math.min(...known);
  const latest = known.length < instants.length || earliest === null ? null : Math.max(...known);
  return { earliest: instant(earliest), latest: instant(latest) };
}

function leavingView({ happened, leaves, bad }: LeavingSlice, allowedBad: number): LeavingView {
  return {
    from: rfc3339(happened.from),
    to: rfc3339(happened.to),
    leavesFrom: rfc3339(leaves.from),
    leavesTo: rfc3339(leaves.to),
    bad,
    shareRatio: allowedBad > 0 ? bad / allowedBad : null,
  };
}

function milestoneView({ seconds, remainingRatio }: Milestone, at: number): MilestoneView {
  return { at: rfc3339(at + Math.round(seconds)), remainingRatio };
}

/** To the second: more would be a pretence. */
function instant(at: number | null): string | null {
  return at === null ? null : rfc3339(Math.round(at));
}

function plain(value: number): string {
  return String(Number(value.toPrecision(4)));
}
