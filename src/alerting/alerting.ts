import { Logger } from '@nestjs/common';
import { rowKey, sloId } from '../domain/slo';
import type { Board } from '../evaluation/board';
import type { Figures } from '../evaluation/figures';
import { type FiringNow, FiringTiers } from '../evaluation/firing';
import { ALERT_NAMES, alertKey, type StoredAlert, subjectOf } from './alert';
import type { AlertLog } from './alert-log';
import type { LinkBases } from './alert-text';
import { type Past, transitions } from './judge';

/** Who has not been read back by then has a source that does not go that far, or fails. */
const READING_SECONDS = 3_600;

/** What fires, from the log that all replicas share. */
export class LoggedFiring extends FiringTiers {
  constructor(private readonly log: AlertLog) {
    super();
  }

  async now(): Promise<FiringNow> {
    const alerts = await this.log.open();
    const open = new Map(alerts.map((alert) => [alert.key, alert]));
    const concerned = new Set(alerts.map(sloId));
    return {
      since: (slo, group, { name, longSeconds, shortSeconds }, severity) => {
        if (!concerned.has(sloId(slo))) return null;
        const windows = { tier: name, longSeconds, shortSeconds, factor: 0 };
        const known = open.get(
          alertKey({
            ...{ alertname: ALERT_NAMES.burn, heldBy: null },
            ...subjectOf(slo, group),
            ...{ severity, windows },
          }),
        );
        return known?.objective === slo.objective.text ? known.startedAt : null;
      },
    };
  }
}

/** Judges what the board says, once for each instant among all replicas. */
export class Alerting {
  private readonly logger = new Logger('alerting');
  private readonly unseen = new Since(({ dataAgeSeconds }) => dataAgeSeconds === null);
  private readonly unread = new Since(
    ({ readBackTo, budget }) => readBackTo === null || readBackTo > budget.span.from,
  );

  constructor(
    private readonly board: Board,
    private readonly log: AlertLog,
    private readonly links: LinkBases,
  ) {}

  /** @returns the alerts that began or ended; none where another replica has judged the instant */
  async judge(): Promise<readonly StoredAlert[]> {
    const { figures, evaluatedAt } = this.board.current();
    if (evaluatedAt === null) return [];
    for (const since of [this.unseen, this.unread]) since.note(figures, evaluatedAt);
    const past: Past = {
      neverSeenFor: (each) => this.unseen.seconds(each) ?? 0,
      isBeingRead: (each) => (this.unread.seconds(each) ?? Infinity) < READING_SECONDS,
    };
    const changed = await this.log.judge(evaluatedAt, (open) =>
      transitions(open, figures, evaluatedAt, this.links, past),
    );
    for (const alert of changed ?? []) {
      const { alertname, severity, heldBy, endedAt } = alert;
      const state =
        endedAt === null ? (heldBy === null ? 'fires' : `held by ${heldBy}`) : 'is over';
      this.logger.log(`${alertname} ${sloId(alert)} ${severity} ${state}`);
    }
    return changed ?? [];
  }
}

/** For how long something has been so of a row, as far as this process has seen. */
class Since {
  private at = 0;
  private byRow = new Map<string, number>();

  constructor(private readonly holds: (figures: Figures) => boolean) {}

  note(figures: readonly Figures[], at: number): void {
    const holding = figures.filter((each) => this.holds(each)).map(keyOf);
    this.byRow = new Map(holding.map((key) => [key, this.byRow.get(key) ?? at]));
    this.at = at;
  }

  /** Null where it is not so. */
  seconds(figures: Figures): number | null {
    const since = this.byRow.get(keyOf(figures));
    return since === undefined ? null : this.at - since;
  }
}

function keyOf({ slo, group }: Figures): string {
  return rowKey(sloId(slo), group);
}
