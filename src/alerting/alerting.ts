import { Logger } from '@nestjs/common';
import type { AlertTier } from '../domain/alert-policy';
import { rowKey, sloId } from '../domain/slo';
import type { Board } from '../evaluation/board';
import type { Figures } from '../evaluation/figures';
import { type FiringNow, FiringTiers } from '../evaluation/firing';
import { MadeOnce } from '../evaluation/made-once';
import { ALERT_NAMES, keyWithin, type StoredAlert, subjectKey, subjectOf } from './alert';
import type { AlertLog } from './alert-log';
import type { LinkBases } from './alert-text';
import { type Past, transitions } from './judge';

/** Who has not been read back by then has a source that does not go that far, or fails. */
const READING_SECONDS = 3_600;

/** What fires, from the log that all replicas share. */
export class LoggedFiring extends FiringTiers {
  private readonly keys = new MadeOnce((row) => new BurnKeys(row));

  constructor(private readonly log: AlertLog) {
    super();
  }

  async now(): Promise<FiringNow> {
    const alerts = await this.log.open();
    const open = new Map(alerts.map((alert) => [alert.key, alert]));
    const concerned = new Set(alerts.map(sloId));
    return {
      since: (slo, group, tier, severity) => {
        const keys = this.keys.of({ slo, group });
        if (!concerned.has(keys.slo)) return null;
        const known = open.get(keys.burning(tier, severity));
        return known?.objective === slo.objective.text ? known.startedAt : null;
      },
    };
  }
}

/** The keys of an SLO's and group's burn alerts: thousands are asked for every minute. */
class BurnKeys {
  readonly slo: string;
  private readonly subject: string;
  private readonly made = new Map<AlertTier, string>();

  constructor({ slo, group }: Pick<Figures, 'slo' | 'group'>) {
    this.slo = sloId(slo);
    this.subject = subjectKey(subjectOf(slo, group));
  }

  /** @param severity that which the SLO calls the tier, always the same */
  burning(tier: AlertTier, severity: string): string {
    let key = this.made.get(tier);
    if (key === undefined) {
      const { name, longSeconds, shortSeconds } = tier;
      const windows = { tier: name, longSeconds, shortSeconds, factor: 0 };
      const alert = { alertname: ALERT_NAMES.burn, severity, windows, heldBy: null };
      this.made.set(tier, (key = keyWithin(this.subject, alert)));
    }
    return key;
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
