import type { OnModuleDestroy } from '@nestjs/common';
import type { Courier } from './courier';
import type { DeliveryStatus } from './delivery-status';

/** At a stop, how long a receiver may still take; it is told again after the next start. */
const FINISH_WITHIN_MS = 3_000;

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
  async onModuleDestroy(): Promise<void> {
    const late = setTimeout(this.cut, FINISH_WITHIN_MS);
    await Promise.all(this.couriers.map((courier) => courier.stop()));
    clearTimeout(late);
    this.cut();
  }
}
