import type { AlertKind } from '../domain/alert-policy';
import { severityOf } from '../domain/alert-tiers';
import { toNumber } from '../domain/fraction';
import { type Slo, sloId } from '../domain/slo';
import { NO_DATA_AFTER_SECONDS } from '../domain/status';
import { badOf } from '../domain/tally';
import type { Figures, TierFigure } from '../evaluation/figures';
import {
  ALERT_NAMES,
  type AlertFigures,
  type AlertIdentity,
  keyWithin,
  type NewAlert,
  type OpenAlert,
  subjectKey,
  subjectOf,
} from './alert';
import type { Transitions } from './alert-log';
import { type AlertText, type LinkBases, textOf } from './alert-text';

/** What an alert is, apart from what it is about. */
type Alert = Omit<AlertIdentity, 'service' | 'name' | 'group'>;

/**
 * What is to be open, or is to stay as it was because too little is known. Of thousands, few begin or
 * end: what would be told of it is made only then.
 */
interface Wanted {
  readonly alert: Alert;
  readonly kind: AlertKind;
  readonly state: 'on' | 'off' | 'as before';
  readonly figures: () => AlertFigures;
}

/** What is known of an SLO from the instants before. */
export interface Past {
  /** For how long it has been known without any data, seconds. */
  readonly neverSeenFor: (figures: Figures) => number;
  /** Whether its history is still being read, so that its window is not whole yet. */
  readonly isBeingRead: (figures: Figures) => boolean;
}

/**
 * What begins and what ends, by the figures of one instant. An alert that is open and is not spoken
 * of any more ends: its SLO, group or tier is gone.
 *
 * @param past what the figures of one instant do not tell
 */
export function transitions(
  open: readonly OpenAlert[],
  figures: readonly Figures[],
  at: number,
  links: LinkBases,
  past: Past,
): Transitions {
  const left = new Map(open.map((alert) => [alert.key, alert]));
  const concerned = new Set(open.map(sloId));
  const begun: NewAlert[] = [];
  const ended: Transitions['ended'][number][] = [];
  for (const each of figures) {
    // Of thousands of SLOs, a few have anything to tell.
    if (isQuiet(each) && !concerned.has(sloId(each.slo))) continue;
    const subject = subjectKey(subjectOf(each.slo, each.group));
    for (const wanted of wantedOf(each, past)) {
      const key = keyWithin(subject, wanted.alert);
      const known = left.get(key);
      left.delete(key);
      if (known === undefined) {
        if (wanted.state === 'on') begun.push(newAlert(each, wanted, at, textOf(links)));
      } else if (wanted.state === 'off') {
        ended.push({ id: known.id, endedAt: at, endedBy: 'recovered', atEnd: wanted.figures() });
      }
    }
  }
  for (const { id } of left.values()) {
    ended.push({ id, endedAt: at, endedBy: 'gone', atEnd: null });
  }
  return { begun, ended };
}

function isQuiet({ tiers, budget, status }: Figures): boolean {
  const spent = (budget.budget?.remainingRatio ?? 1) <= 0;
  const fires = tiers.some(({ firing, heldBy }) => firing || heldBy !== null);
  return !spent && !fires && status !== 'no_data';
}

function newAlert(of: Figures, wanted: Wanted, at: number, text: AlertText): NewAlert {
  const identity = { ...subjectOf(of.slo, of.group), ...wanted.alert };
  const figures = wanted.figures();
  return {
    ...identity,
    kind: wanted.kind,
    objective: of.slo.objective.text,
    startedAt: at,
    atStart: figures,
    labels: text.labels(of, { ...identity, kind: wanted.kind }),
    annotations: text.annotations(of, identity, figures),
  };
}

function wantedOf(figures: Figures, past: Past): readonly Wanted[] {
  return [
    ...figures.tiers.flatMap((tier) => burning(figures, tier)),
    ...exhausted(figures, past),
    ...noData(figures, past),
  ];
}

/** As it fires, and apart from that as it is held back. */
function burning(figures: Figures, tier: TierFigure): readonly Wanted[] {
  const { long, short, severity, firing, heldBy } = tier;
  const { kind, name, longSeconds, shortSeconds, factor } = tier.tier;
  const windows = { tier: name, longSeconds, shortSeconds, factor: toNumber(factor) };
  const alert = { alertname: ALERT_NAMES.burn, severity, windows };
  const told = () => ({
    burnLong: long.burnRate,
    burnShort: short.burnRate,
    bad: unscaled(badOf(long.events), figures.scale),
    total: unscaled(long.events.total, figures.scale),
    remainingRatio: figures.budget.budget?.remainingRatio ?? null,
  });
  const unknown = long.burnRate === null || short.burnRate === null;
  const on = (is: boolean) => (is ? 'on' : 'off');
  return [
    { alert: { ...alert, heldBy: null }, kind, state: on(firing), figures: told },
    {
      alert: { ...alert, heldBy: heldBy ?? 'minEvents' },
      kind,
      state: unknown ? 'as before' : on(heldBy !== null),
      figures: told,
    },
  ];
}

function exhausted(figures: Figures, past: Past): readonly Wanted[] {
  const { slo, budget } = figures;
  const remainingRatio = budget.budget?.remainingRatio ?? null;
  const unknown = remainingRatio === null || past.isBeingRead(figures);
  return other(figures, 'exhausted', {
    // Half of the history tells nothing of the budget of all of it.
    state: unknown ? 'as before' : remainingRatio <= 0 ? 'on' : 'off',
    figures: () => ({
      ...NOTHING,
      bad: unscaled(badOf(budget.events), figures.scale),
      total: unscaled(budget.events.total, figures.scale),
      remainingRatio,
    }),
    disabled: slo.alerting.exhausted?.disabled ?? false,
  });
}

function noData(figures: Figures, past: Past): readonly Wanted[] {
  const { slo, dataAgeSeconds } = figures;
  const age = dataAgeSeconds ?? past.neverSeenFor(figures);
  return other(figures, 'noData', {
    state: figures.status === 'no_data' && age > NO_DATA_AFTER_SECONDS ? 'on' : 'off',
    figures: () => ({
      ...NOTHING,
      remainingRatio: figures.budget.budget?.remainingRatio ?? null,
    }),
    disabled: slo.alerting.noData?.disabled ?? false,
  });
}

const NOTHING: AlertFigures = {
  burnLong: null,
  burnShort: null,
  bad: null,
  total: null,
  remainingRatio: null,
};

function other(
  { slo }: Figures,
  which: 'exhausted' | 'noData',
  { disabled, ...wanted }: Pick<Wanted, 'state' | 'figures'> & { readonly disabled: boolean },
): readonly Wanted[] {
  if (disabled) return [];
  const severity = otherSeverity(slo, which);
  const alert = { alertname: ALERT_NAMES[which], severity, windows: null, heldBy: null };
  return [{ alert, kind: 'ticket', ...wanted }];
}

/** What is written, else what the SLO calls its tickets. */
export function otherSeverity({ alerting }: Slo, which: 'exhausted' | 'noData'): string {
  return alerting[which]?.severity ?? severityOf(alerting, 'ticket');
}

function unscaled(count: bigint, scale: bigint): number {
  return toNumber({ numerator: count, denominator: scale });
}
