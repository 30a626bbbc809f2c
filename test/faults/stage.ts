import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { standingAt, type TimeLine, timeLine } from '../support/accelerated-clock';
import { startPrometheusWithHistory } from '../support/history';
import { freshDatabase, type PostgresServer, startPostgres } from '../support/postgres';
import type { RunningPrometheus } from '../support/prometheus';
import { type RunningService, startService } from '../support/service';
import { eventually, ServiceLedger } from '../support/service-ledger';
import { fleet, FLEET_SLOS, FLEET_STREAMS, SCRAPE_SECONDS, T0 } from './fleet';
import { openRoad, type Road } from './road';

/** Four ticks a second. */
export const SPEED = 240;
const WINDOW_SECONDS = 7 * 86_400;
const DELAY_SECONDS = 30;

/** How long after T0 a play goes on, in seconds. */
export function endOf(play: number): number {
  // A little past the five minutes: the last step is due and has its samples.
  return T0 + play + 90;
}

/** One Prometheus with the fleet's history, one Postgres, and the definitions. */
export interface Stage {
  readonly postgres: PostgresServer;
  readonly prometheus: RunningPrometheus;
  readonly road: Road;
  /** A play on a database of its own. */
  play(): Promise<Play>;
  /** Ends the services of all plays and opens the road; the ledgers stay. */
  clear(): Promise<void>;
  dispose(): Promise<void>;
}

export async function openStage(): Promise<Stage> {
  const [postgres, prometheus, sloDir] = await Promise.all([
    startPostgres(),
    startPrometheusWithHistory(fleet()),
    mkdtemp(join(tmpdir(), 'slowburn-fleet-')),
  ]);
  await writeFile(join(sloDir, 'shop.yaml'), FLEET_SLOS);
  const road = await openRoad(prometheus.url);
  const plays: Play[] = [];
  return {
    postgres,
    prometheus,
    road,
    play: async () => {
      const play = new Play({
        DATABASE_URL: await freshDatabase(postgres),
        PROMETHEUS_URL: road.url,
        SCRAPE_INTERVAL: `${SCRAPE_SECONDS}s`,
        SLO_DIR: sloDir,
      });
      plays.push(play);
      return play;
    },
    clear: async () => {
      road.slow(0);
      for (const play of plays) await play.clear();
    },
    dispose: async () => {
      for (const play of plays) await play.end();
      await road.close();
      await prometheus.dispose();
      await postgres.stop();
      await rm(sloDir, { recursive: true, force: true });
    },
  };
}

/** The stage, and the play that nothing disturbed; opened before the tests run. */
export type Scene = () => { readonly stage: Stage; readonly truth: Play };

/** Services on one database, and its ledger. */
export class Play {
  readonly ledger: ServiceLedger;
  private readonly started: RunningService[] = [];

  constructor(private readonly env: Readonly<Record<string, string> & { DATABASE_URL: string }>) {
    this.ledger = new ServiceLedger(env.DATABASE_URL);
  }

  async start(
    line: TimeLine,
    more: Readonly<Record<string, string>> = {},
  ): Promise<RunningService> {
    const service = await startService({ env: { ...this.env, ...more }, timeLine: line });
    this.started.push(service);
    return service;
  }

  /** Whether all streams have begun. */
  async begun(): Promise<boolean> {
    return (await this.ledger.streams()).length === FLEET_STREAMS;
  }

  /** Until the window before T0 has been read. */
  async backfilled(): Promise<void> {
    await eventually(
      'the history is read',
      () => this.ledger.streams(),
      (streams) =>
        streams.length === FLEET_STREAMS &&
        streams.every(({ backfilledTo }) => backfilledTo <= T0 - WINDOW_SECONDS),
    );
  }

  /** Until every step that is due at an instant is written. */
  async caughtUp(at: number): Promise<void> {
    const due = Math.floor((at - DELAY_SECONDS) / 60) * 60;
    await eventually(
      `all steps up to ${new Date(due * 1000).toISOString()} are written`,
      () => this.ledger.streams(),
      (streams) => streams.length > 0 && streams.every(({ newest }) => newest.at === due),
    );
  }

  /** Lets a service run on from an instant of the fleet's time to the end of the play. */
  async runOn(service: RunningService, from: number, play: number, speed = SPEED): Promise<void> {
    await service.follow(timeLine(from, speed, endOf(play)));
    await this.caughtUp(endOf(play));
  }

  /** What the ledger holds of the window before T0 and of the play. */
  told(play: number) {
    return this.ledger.told(0, T0 + play);
  }

  async clear(): Promise<void> {
    for (const service of this.started.splice(0)) await service.kill();
  }

  async end(): Promise<void> {
    await this.clear();
    await this.ledger.close();
  }
}

/** What a service wrote that somebody would have to act on. */
export function alarms(service: RunningService): readonly unknown[] {
  const lines = service.log().filter(({ level }) => level !== 'INFO' && level !== 'WARN');
  return service.stderr() === '' ? lines : [...lines, service.stderr()];
}

/** Runs a play from beginning to end without any fault. */
export async function undisturbed(stage: Stage, length: number): Promise<Play> {
  const play = await stage.play();
  const service = await play.start(standingAt(T0, SPEED));
  await play.backfilled();
  await play.runOn(service, T0, length, 5 * SPEED);
  await service.stop();
  return play;
}
