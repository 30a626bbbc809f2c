import { DAY_SECONDS, HOUR_SECONDS } from '../domain/duration';
import {
  endOf,
  fallsTo,
  highest,
  type Leaving,
  type Milestone,
  risesAbove,
  type WalkAssumed,
} from '../domain/forecast';
import type { Group, Slo } from '../domain/slo';
import { type Span, windowSeconds } from '../domain/slo-window';
import { badOf, unscaled } from '../domain/tally';
import { floorTo, GRID_SECONDS } from '../ledger/grid';
import type { Figurer } from './figurer';
import type { BurnFigure, Figures, Reason } from './figures';
import { meanTraffic, spentSteps } from './spent-steps';

export interface ForecastAsked {
  readonly slo: Slo;
  /** Null asks for all groups together. */
  readonly group: Group;
  /** Epoch seconds. */
  readonly at: number;
  /** The burn that is taken to go on: one of the windows that burn is told over. */
  readonly burnSeconds: number;
  /** Share of the budget whose return is asked for. */
  readonly backTo: number;
}

/** What would come of one burn that goes on. */
export interface Course {
  /** Null where nothing more is burned at all. */
  readonly burn: BurnFigure | null;
  readonly walk: WalkAssumed;
  /** Epoch seconds; null when the budget is not spent within the walk. */
  readonly exhaustedAt: number | null;
  /** First instant at which something is left again; null when it is not within the walk. */
  readonly recoveredAt: number | null;
}

/** What is told where everything is known. */
export interface Outlook {
  readonly kind: 'known';
  /** Mean events a second of the covered part of the window. */
  readonly eventsPerSecond: number;
  /** With the burn that was asked for. */
  readonly course: Course;
  /** Share of the budget that was asked for, and when so much is left; null when never. */
  readonly backAt: number | null;
  readonly highest: Milestone;
  readonly end: Milestone;
  /** Of one hour, six hours, a day and what was asked for, as far as they are known. */
  readonly courses: readonly Course[];
  /** Without any more bad event. */
  readonly calm: Course;
  readonly leaving: readonly LeavingSlice[];
  readonly projected: Projected | null;
}

/** Bad events that leave the window. */
export interface LeavingSlice {
  /** When they happened. */
  readonly happened: Span;
  /** When they leave. */
  readonly leaves: Span;
  readonly bad: number;
}

/** A calendar period's end, if the burn and the traffic go on. */
export interface Projected {
  /** Epoch seconds: then everything begins anew. */
  readonly endsAt: number;
  readonly allowedBad: number;
  readonly bad: number;
  readonly remainingRatio: number;
  /** When as much is spent as the whole period allows; null when it is not. */
  readonly exhaustedAt: number | null;
}

export interface Forecast {
  readonly figures: Figures;
  /** The burn that was asked for. */
  readonly burn: BurnFigure;
  readonly outlook: Outlook | { readonly kind: 'unknown'; readonly reason: Reason };
}

const RANGE_SECONDS: readonly number[] = [HOUR_SECONDS, 6 * HOUR_SECONDS, DAY_SECONDS];
/** Windows from this length on are told leaving by the day. */
const DAILY_FROM_SECONDS = 14 * DAY_SECONDS;

/** Walks budgets forward from the ledger. */
export class Forecasts {
  constructor(private readonly figurer: Figurer) {}

  /** @returns null when an SLO has no such group */
  async ask(asked: ForecastAsked): Promise<Forecast | null> {
    const { slo, group, at, burnSeconds } = asked;
    const figures = await this.figurer.figures({ slo, group, at });
    if (figures === null) return null;
    const burn = figures.burn.find(({ windowSeconds }) => windowSeconds === burnSeconds);
    if (burn === undefined) throw new Error(`no burn is told over ${burnSeconds} s`);
    const unknown = (reason: Reason) => {
      return { figures, burn, outlook: { kind: 'unknown' as const, reason } };
    };
    if (figures.budget.budget === null || figures.budget.events.total === 0n) {
      return unknown(figures.budget.reason ?? 'nothing is known of the budget');
    }
    if (burn.burnRate === null) return unknown(burn.reason ?? 'the burn is not known');
    const { from } = figures.budget.span;
    const to = floorTo(at, GRID_SECONDS);
    const steps = await this.figurer.steps({ slo, group, from, to, stepSeconds: GRID_SECONDS });
    if (steps === null) return null;
    const traffic = meanTraffic(steps.steps);
    if (traffic === null) return unknown('the source was seen for less than five minutes');
    const eventsPerSecond = traffic / Number(steps.scale);
    const leaving = spentSteps(slo, steps, from).map(({ seconds, events, objective }): Leaving => {
      const total = unscaled(events.total, steps.scale);
      const bad = unscaled(badOf(events), steps.scale);
      return { seconds, bad, allowedBad: total * objective.budgetRatio };
    });
    const start = new Start(figures, eventsPerSecond, leaving);
    return { figures, burn, outlook: outlookOf(start, burn, asked.backTo) };
  }
}

/** The burns whose forecasts are compared, by length of their windows: short ones are jumpy, long ones late. */
export function comparedBurns({ burn }: Figures, asked: BurnFigure): readonly BurnFigure[] {
  return burn.filter((each) => each === asked || RANGE_SECONDS.includes(each.windowSeconds));
}

/** Where all walks begin. */
class Start {
  constructor(
    readonly figures: Figures,
    readonly eventsPerSecond: number,
    private readonly leaving: readonly Leaving[],
  ) {}

  get at(): number {
    return this.figures.at;
  }

  get isRolling(): boolean {
    return this.figures.slo.window.kind === 'rolling';
  }

  course(burn: BurnFigure | null): Course {
    const walk = this.walk(burn?.burnRate ?? 0);
    const instant = (seconds: number | null) => (seconds === null ? null : this.at + seconds);
    return {
      burn,
      walk,
      exhaustedAt: instant(fallsTo(walk, 0)),
      recoveredAt: instant(risesAbove(walk, 0)),
    };
  }

  private walk(burnRate: number): WalkAssumed {
    const { budget, scale, slo } = this.figures;
    const whole = windowSeconds(slo.window, this.at);
    const allowedBadPerSecond = slo.objective.budgetRatio * this.eventsPerSecond;
    return {
      bad: unscaled(badOf(budget.events), scale),
      allowedBad: budget.budget?.allowedBad ?? 0,
      badPerSecond: burnRate * allowedBadPerSecond,
      allowedBadPerSecond,
      leaving: this.isRolling ? this.leaving : [],
      seconds: this.isRolling ? whole : budget.span.from + whole - this.at,
    };
  }
}

function outlookOf(start: Start, burn: BurnFigure, backTo: number): Outlook {
  const course = start.course(burn);
  const { walk } = course;
  const back = risesAbove(walk, backTo);
  const known = comparedBurns(start.figures, burn).filter(({ burnRate }) => burnRate !== null);
  const until = course.exhaustedAt === start.at ? course.recoveredAt : course.exhaustedAt;
  return {
    kind: 'known',
    eventsPerSecond: start.eventsPerSecond,
    course,
    backAt: back === null ? null : start.at + back,
    highest: highest(walk),
    end: endOf(walk),
    courses: known.map((other) => (other === burn ? course : start.course(other))),
    calm: start.course(null),
    leaving: leavingSlices(start.figures, walk, until ?? Infinity),
    projected: start.isRolling ? null : projectedOf(start, walk),
  };
}

/** The bad events that leave up to an instant, by days or by quarters of one. */
function leavingSlices(
  { at, budget }: Figures,
  { leaving }: WalkAssumed,
  until: number,
): readonly LeavingSlice[] {
  const length = at - budget.span.from >= DAILY_FROM_SECONDS ? DAY_SECONDS : DAY_SECONDS / 4;
  const slices: LeavingSlice[] = [];
  let [begun, now, bad] = [0, 0, 0];
  for (const [k, step] of leaving.entries()) {
    now += step.seconds;
    bad += step.bad;
    if (now - begun < length && at + now < until && k < leaving.length - 1) continue;
    const { from } = budget.span;
    const [happened, leaves] = [spanFrom(from, begun, now), spanFrom(at, begun, now)];
    if (bad > 0) slices.push({ happened, leaves, bad });
    if (at + now >= until) break;
    [begun, bad] = [now, 0];
  }
  return slices;
}

function spanFrom(origin: number, from: number, to: number): Span {
  return { from: origin + from, to: origin + to };
}

function projectedOf({ at }: Start, walk: WalkAssumed): Projected {
  const { bad, allowedBad, badPerSecond, allowedBadPerSecond, seconds } = walk;
  const allowed = allowedBad + allowedBadPerSecond * seconds;
  const whole = { ...walk, allowedBad: allowed, allowedBadPerSecond: 0 };
  const exhausted = fallsTo(whole, 0);
  return {
    endsAt: at + seconds,
    allowedBad: allowed,
    bad: bad + badPerSecond * seconds,
    remainingRatio: 1 - (bad + badPerSecond * seconds) / allowed,
    exhaustedAt: exhausted === null ? null : at + exhausted,
  };
}
