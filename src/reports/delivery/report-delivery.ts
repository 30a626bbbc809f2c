import type { OnModuleDestroy } from '@nestjs/common';
import type { DeliveryConfig } from '../../config/config';
import { stopInTime } from '../../outbound/stop-in-time';
import type { DeliveryLog } from './delivery-log';
import type { ReportCourier } from './report-courier';
import type { ReportDeliveryStatus } from './report-delivery-status';
import { attemptOf, type ClosedMeta, wants } from './wanted';

/** A closed report on its way to a target. */
export interface DeliveryState {
  readonly target: string;
  readonly state: 'pending' | 'failing' | 'delivered';
  /** Of the last attempt, epoch seconds. */
  readonly at: number | null;
  readonly attempts: number;
  readonly error: string | null;
}

/** Everybody who gets closed reports. */
export class ReportDelivery implements OnModuleDestroy {
  private opened = false;

  /** @param cut ends what is under way */
  constructor(
    private readonly couriers: readonly ReportCourier[],
    private readonly log: DeliveryLog,
    private readonly settings: {
      readonly deliveries: readonly DeliveryConfig[];
      readonly timeZones: readonly string[];
      /** Epoch seconds. */
      readonly now: () => number;
    },
    private readonly cut: AbortController,
  ) {}

  /** Before anything is closed: what is closed afterwards is theirs, and what was left over is brought. */
  async open(): Promise<void> {
    if (this.opened) return;
    const names = this.settings.deliveries.map(({ name }) => name);
    if (names.length > 0) await this.log.open(names, this.settings.now());
    this.opened = true;
    this.wake();
  }

  /** Without waiting for it, everybody gets what is new. */
  wake(): void {
    for (const courier of this.couriers) courier.wake();
  }

  statuses(): readonly ReportDeliveryStatus[] {
    return this.couriers.map((courier) => courier.status());
  }

  /** How the deliveries of closed reports stand, in the order of the reports. */
  async of(reports: readonly ClosedMeta[]): Promise<readonly (readonly DeliveryState[])[]> {
    const { deliveries, timeZones } = this.settings;
    if (deliveries.length === 0) return reports.map(() => []);
    const [attempted, targets] = await Promise.all([this.log.attempted(), this.log.targets()]);
    return reports.map((report) =>
      deliveries.flatMap((delivery): readonly DeliveryState[] => {
        const { name: target } = delivery;
        const tried = attemptOf(attempted, target, report);
        const wanted = wants(delivery, timeZones, report, targets.get(target) ?? Infinity);
        if (!wanted && tried === undefined) return [];
        if (tried === undefined) {
          return [{ target, state: 'pending', at: null, attempts: 0, error: null }];
        }
        const { attempts, at, error } = tried;
        const state = tried.delivered ? 'delivered' : 'failing';
        return [{ target, state, at, attempts, error }];
      }),
    );
  }

  /** Before the database is let go, which is to know what was delivered. */
  onModuleDestroy(): Promise<void> {
    return stopInTime(this.couriers, () => {
      this.cut.abort();
    });
  }
}
