import { Logger } from '@nestjs/common';
import { sloId } from '../domain/slo';
import type { Board } from '../evaluation/board';
import type { Figures } from '../evaluation/figures';
import { type FiringNow, FiringTiers } from '../evaluation/firing';
import { ALERT_NAMES, alertKey, type StoredAlert, subjectOf } from './alert';
import type { AlertLog } from './alert-log';
import type { LinkBases } from './alert-text';
import { transitions } from './judge';

/** What fires, from the log that all replicas share. */
export class LoggedFiring extends FiringTiers {
  constructor(private readonly log: AlertLog) {
    super();
  }

  async now(): Promise<FiringNow> {
    const alerts = await this.log.open();
    const open = new Map(alerts.map((alert) => [alertKey(alert), alert]));
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
  /** Since when an SLO is known that never had data, by key. */
  private readonly unseen = new Map<string, number>();

  constructor(
    private readonly board: Board,
    private readonly log: AlertLog,
    private readonly links: LinkBases,
  ) {}

  /** @returns the alerts that began or ended; none where another replica has judged the instant */
  async judge(): Promise<readonly StoredAlert[]> {
    const { figures, evaluatedAt } = this.board.current();
    if (evaluatedAt === null) return [];
    this.noteUnseen(figures, evaluatedAt);
    const changed = await this.log.judge(evaluatedAt, (open) =>
      transitions(open, figures, evaluatedAt, this.links, (each) =>
        this.unseenFor(each, evaluatedAt),
      ),
    );
    for (const alert of changed ?? []) {
      const { alertname, severity, heldBy, endedAt } = alert;
      const state =
        endedAt === null ? (heldBy === null ? 'fires' : `held by ${heldBy}`) : 'is over';
      this.logger.log(`${alertname} ${sloId(alert)} ${severity} ${state}`);
    }
    return changed ?? [];
  }

  private noteUnseen(figures: readonly Figures[], at: number): void {
    const now = new Map<string, number>();
    for (const each of figures) {
      if (each.dataAgeSeconds !== null) continue;
      const key = JSON.stringify([sloId(each.slo), each.group]);
      now.set(key, this.unseen.get(key) ?? at);
    }
    this.unseen.clear();
    for (const [key, since] of now) this.unseen.set(key, since);
  }

  private unseenFor({ slo, group }: Figures, at: number): number {
    return at - (this.unseen.get(JSON.stringify([sloId(slo), group])) ?? at);
  }
}
