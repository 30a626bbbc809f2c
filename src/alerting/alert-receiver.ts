/** An alert as receivers are told of it, in Alertmanager's words. */
export interface SentAlert {
  /** `alertname`, `service`, `slo`, the group's, `severity`, `long`, `short` and the SLO's own. */
  readonly labels: Readonly<Record<string, string>>;
  /** `summary`, `description`, `runbook_url`, `dashboard_url`. */
  readonly annotations: Readonly<Record<string, string>>;
  /** Epoch seconds. */
  readonly startsAt: number;
  /** Epoch seconds; of a firing one: until when it holds if nobody says so again. */
  readonly endsAt: number;
  readonly generatorUrl: string;
}

/** Somebody to be told; throws ReceiverFailure when it was not. None are alerts, too. */
export abstract class AlertReceiver {
  abstract readonly name: string;
  abstract send(alerts: readonly SentAlert[]): Promise<void>;
}

/** A receiver was not told, or not of all. */
export class ReceiverFailure extends Error {
  /** How long it asks to be left alone. */
  readonly retryAfterSeconds: number | null;

  constructor(
    receiver: string,
    message: string,
    options: { readonly retryAfterSeconds?: number | null; readonly cause?: unknown } = {},
  ) {
    super(`${receiver} ${message}`, { cause: options.cause });
    this.name = 'ReceiverFailure';
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
  }
}
