import type { OnModuleDestroy } from '@nestjs/common';
import { stopInTime } from '../outbound/stop-in-time';
import type { Courier } from './courier';
import type { DeliveryStatus } from './delivery-status';

/** All who are told of alerts. */
export class Delivery implements OnModuleDestroy {
  /** @param cut ends the connections of all receivers */
  constructor(
    private readonly couriers: readonly Courier[],
    private readonly cut: () => void,
  ) {}

  /** Alerts have been judged: without waiting for it, everybody is told what is new. */
  wake(): void {
    for (const courier of this.couriers) courier.wake();
  }

  deliveries(): readonly DeliveryStatus[] {
    return this.couriers.map((courier) => courier.status());
  }

  /** Before the database is let go, which is to know what was told. */
  onModuleDestroy(): Promise<void> {
    return stopInTime(this.couriers, this.cut);
  }
}
