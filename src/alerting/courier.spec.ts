import type { RoundSettings } from '../outbound/rounds';
import { AlertReceiver, ReceiverFailure, type SentAlert } from './alert-receiver';
import { Courier } from './courier';
import type { Errand } from './errand';

const ALERT: SentAlert = {
  labels: { alertname: 'a' },
  annotations: {},
  startsAt: 1,
  endsAt: 2,
  generatorUrl: '',
};
const NEVER_BY_ITSELF: RoundSettings = { everySeconds: 3_600, longestPauseSeconds: 0.01 };

/** Takes alerts, or fails as it is told to. */
class Receiver extends AlertReceiver {
  readonly name = 'somebody';
  readonly taken: SentAlert[] = [];
  failures: Error[] = [];

  send(alerts: readonly SentAlert[]): Promise<void> {
    const failure = this.failures.shift();
    if (failure !== undefined) return Promise.reject(failure);
    this.taken.push(...alerts);
    return Promise.resolve();
  }
}

/** Tells the alerts that were put into it. */
class Letters implements Errand {
  runs = 0;
  waiting: SentAlert[] = [];
  private readonly readers: { readonly runs: number; readonly done: () => void }[] = [];

  async run(tell: (alerts: readonly SentAlert[]) => Promise<void>): Promise<void> {
    this.runs += 1;
    for (const { runs, done } of this.readers) if (this.runs >= runs) done();
    const told = this.waiting.length;
    if (told > 0) await tell(this.waiting);
    this.waiting.splice(0, told);
  }

  ran(runs: number): Promise<void> {
    return new Promise((done) => {
      if (this.runs >= runs) done();
      else this.readers.push({ runs, done });
    });
  }
}

describe('a courier', () => {
  let receiver: Receiver;
  let letters: Letters;
  let courier: Courier;

  const of = (settings: RoundSettings) => {
    receiver = new Receiver();
    letters = new Letters();
    courier = new Courier(receiver, letters, settings);
  };

  beforeEach(() => {
    of(NEVER_BY_ITSELF);
  });
  afterEach(() => courier.stop());

  it('does nothing before it is woken, and knows nothing of its receiver', () => {
    expect(letters.runs).toBe(0);
    expect(courier.status()).toEqual({ receiver: 'somebody', delivered: 0, failed: 0, up: null });
  });

  it('runs once for each time that it is woken', async () => {
    for (const run of [1, 2, 3]) {
      courier.wake();
      await letters.ran(run);
    }
    await courier.stop();
    expect(letters.runs).toBe(3);
  });

  it('runs again when it was woken while it ran', async () => {
    letters.waiting.push(ALERT);
    courier.wake();
    courier.wake();
    await letters.ran(2);
    expect(receiver.taken).toEqual([ALERT]);
  });

  it('runs by itself every so often', async () => {
    of({ everySeconds: 0.001, longestPauseSeconds: 1 });
    courier.wake();
    await letters.ran(3);
    expect(courier.status()).toMatchObject({ delivered: 0, up: null });
  });

  it('tries again until its receiver takes the alerts, and counts', async () => {
    letters.waiting.push(ALERT, ALERT);
    receiver.failures = [new ReceiverFailure('somebody', 'is away'), new Error('a bug')];
    courier.wake();
    await letters.ran(3);
    await courier.stop();
    expect(receiver.taken).toEqual([ALERT, ALERT]);
    expect(courier.status()).toEqual({ receiver: 'somebody', delivered: 2, failed: 4, up: true });
  });

  it('is not hurried by news while its receiver fails', async () => {
    of({ everySeconds: 3_600, longestPauseSeconds: 3_600 });
    letters.waiting.push(ALERT);
    receiver.failures = [
      new ReceiverFailure('somebody', 'answered 429', { retryAfterSeconds: 1_800 }),
    ];
    courier.wake();
    await letters.ran(1);
    await Promise.resolve();
    courier.wake();
    await courier.stop();
    expect(letters.runs).toBe(1);
    expect(courier.status()).toMatchObject({ failed: 1, up: false });
  });

  it('ends without waiting for its pause', async () => {
    courier.wake();
    await letters.ran(1);
    await courier.stop();
    courier.wake();
    expect(letters.runs).toBe(1);
  });
});
