import type { Group } from '../domain/slo';

/**
 * The uptime report of a month: what every format shows, and nothing else. Times are RFC 3339 in UTC,
 * ratios 0 to 1 with full precision, what cannot be known is null.
 */
export interface Report {
  /** `2026-10`. */
  readonly month: string;
  readonly timeZone: string;
  readonly from: string;
  readonly to: string;
  /** Interim while the month runs or may still be corrected. */
  readonly state: 'interim' | 'closed';
  /** Up to when events are counted; the end of the month once that is over. */
  readonly cutOff: string;
  readonly revision: number;
  readonly hash: string | null;
  readonly previousHash: string | null;
  /** What the operator has to say beside the figures; reports that were closed before there were notes have none. */
  readonly notes?: readonly ReportNote[];
  readonly overall: ReportSummary;
  readonly services: readonly ServiceSummary[];
  /** By service, name and group. */
  readonly slos: readonly SloReport[];
}

/** Who sends it, whom to ask, what is agreed: text of the configuration. */
export interface ReportNote {
  readonly title: string | null;
  /** May have several lines. */
  readonly text: string;
  /** Told only where the report holds this service; null: always. */
  readonly service: string | null;
}

/** How many objectives were met. */
export interface ReportSummary {
  readonly slos: number;
  readonly met: number;
  readonly missed: number;
  /** No event was counted, so that nobody knows. */
  readonly unknown: number;
  /** The least that is left of any budget; signed. */
  readonly leastRemainingRatio: number | null;
  /** Of those that were judged; null where none was. */
  readonly pages: number | null;
  readonly tickets: number | null;
}

export interface ServiceSummary extends ReportSummary {
  readonly service: string;
}

/** An SLO, or one group of it, over the month. */
export interface SloReport {
  /** `service/name`. */
  readonly slo: string;
  readonly service: string;
  readonly group: Group;
  readonly description: string | null;
  readonly team: string | null;
  /** What the month's events were judged by: the mean over them where it changed. */
  readonly objective: number;
  readonly objectives: readonly ReportedObjective[];
  /** Null where no event was counted. */
  readonly met: boolean | null;
  readonly sli: number | null;
  readonly events: { readonly good: number; readonly bad: number; readonly total: number };
  readonly budget: ReportedBudget;
  /** The share of bad events of the time that was seen, as minutes; of a time-based SLI, its bad minutes. */
  readonly downtimeMinutes: number | null;
  readonly coverage: {
    readonly ratio: number;
    readonly remainingRatioWorst: number | null;
    readonly remainingRatioBest: number | null;
  };
  /** By what was seen alone, whatever is excluded. */
  readonly raw: { readonly sli: number | null; readonly remainingRatio: number | null };
  /** Why there is no SLI. */
  readonly reason: string | null;
  readonly days: readonly ReportedDay[];
  /** What spent the budget, most first. */
  readonly episodes: readonly ReportedEpisode[];
  readonly exclusions: readonly ReportedExclusion[];
  readonly alerts: ReportedAlerts;
  /** The three months before, latest first. */
  readonly previousMonths: readonly ReportedMonth[];
}

export interface ReportedObjective {
  readonly from: string;
  readonly to: string;
  readonly objective: number;
}

export interface ReportedBudget {
  /** 1 - objective. */
  readonly ratio: number;
  readonly allowedBad: number | null;
  readonly consumedRatio: number | null;
  readonly remainingRatio: number | null;
  readonly remainingBad: number | null;
  readonly totalMinutes: number;
  readonly consumedMinutes: number | null;
  readonly remainingMinutes: number | null;
}

export interface ReportedDay {
  /** `2026-10-25`, in the report's zone. */
  readonly date: string;
  readonly sli: number | null;
  readonly bad: number;
  readonly total: number;
  readonly coverage: number;
  /** What is left of the month's budget at the end of the day, by what was allowed until then. */
  readonly remainingRatio: number | null;
}

export interface ReportedEpisode {
  readonly from: string;
  readonly to: string;
  readonly bad: number;
  readonly total: number;
  /** Of the month's budget. */
  readonly budgetShare: number | null;
  readonly peakBurnRate: number;
}

export interface ReportedExclusion {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly treatment: 'drop' | 'countGood';
  readonly reason: string;
  readonly author: string;
}

/** Null where the month was over before anybody judged: its history was read later. */
export interface ReportedAlerts {
  /** Alerts that began in the month. */
  readonly pages: number | null;
  readonly tickets: number | null;
  /** Minutes of the month in which any of them was firing. */
  readonly firingMinutes: number | null;
}

export interface ReportedMonth {
  readonly month: string;
  readonly sli: number | null;
  readonly remainingRatio: number | null;
}
