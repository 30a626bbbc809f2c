import { AlertReceiver, ReceiverFailure } from './alert-receiver';
import { Courier } from './courier';
import { Delivery } from './delivery';
import type { Errand } from './errand';

const ERRAND: Errand = { run: (tell) => tell([]) };
const SETTINGS = { everySeconds: 3_600, longestPauseSeconds: 3_600 };

/** Does not answer until its connection is cut. */
class HangingReceiver extends AlertReceiver {
  readonly name = 'hanging';
  readonly asked: Promise<void>;
  cut: () => void = () => undefined;
  private isAsked: () => void = () => undefined;

  constructor() {
    super();
    this.asked = new Promise((resolve) => {
      this.isAsked = resolve;
    });
  }

  send(): Promise<void> {
    this.isAsked();
    return new Promise((_, reject) => {
      this.cut = () => {
        reject(new ReceiverFailure(this.name, 'was cut'));
      };
    });
  }
}

class WillingReceiver extends AlertReceiver {
  readonly name = 'willing';
  told = 0;
  readonly hasBeenTold: Promise<void>;
  private isTold: () => void = () => undefined;

  constructor() {
    super();
    this.hasBeenTold = new Promise((resolve) => {
      this.isTold = resolve;
    });
  }

  send(): Promise<void> {
    this.told += 1;
    this.isTold();
    return Promise.resolve();
  }
}

describe('the delivery of alerts', () => {
  it('tells one receiver while another hangs, and ends although it does', async () => {
    const [hanging, willing] = [new HangingReceiver(), new WillingReceiver()];
    const couriers = [hanging, willing].map((each) => new Courier(each, ERRAND, SETTINGS));
    let cuts = 0;
    const delivery = new Delivery(couriers, () => {
      cuts += 1;
      hanging.cut();
    });
    delivery.wake();
    await hanging.asked;
    await willing.hasBeenTold;
    jest.useFakeTimers();
    const ended = delivery.onModuleDestroy();
    await jest.advanceTimersByTimeAsync(3_000);
    await ended;
    jest.useRealTimers();
    // Once for the one that hung, once to leave no connection open.
    expect(cuts).toBe(2);
    expect(delivery.deliveries()).toEqual([
      { receiver: 'hanging', delivered: 0, failed: 0, up: false },
      { receiver: 'willing', delivered: 0, failed: 0, up: true },
    ]);
    delivery.wake();
    expect(willing.told).toBe(1);
  });
});
