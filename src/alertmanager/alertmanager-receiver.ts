import { AlertReceiver, ReceiverFailure, type SentAlert } from '../alerting/alert-receiver';
import type { AlertmanagerConfig } from '../config/config';
import { Connection } from '../outbound/connection';
import { NotPosted, post } from '../outbound/post';
import { UnreadableFile } from '../outbound/watched-file';
import { legalLabels } from './legal-labels';

/** As many alerts as Prometheus puts into one request. */
const BATCH = 64;
const SOCKETS = 2;

/**
 * One Alertmanager, told by its API v2. What it is told twice it counts once: it knows an alert by
 * its labels, so several replicas may tell the same, and again every minute.
 */
export class AlertmanagerReceiver extends AlertReceiver {
  readonly name: string;
  private readonly connection: Connection;

  constructor(private readonly config: AlertmanagerConfig) {
    super();
    this.name = config.name;
    this.connection = new Connection(config, SOCKETS);
  }

  /**
   * All batches are tried while it answers: of a batch that it refuses it keeps what is right, and
   * the others are not to suffer for it. Without alerts it is asked all the same: that it would not
   * take them is better known before there are any.
   *
   * @throws ReceiverFailure for the first that failed
   */
  async send(alerts: readonly SentAlert[]): Promise<void> {
    let failure: ReceiverFailure | null = null;
    for (let from = 0; from === 0 || from < alerts.length; from += BATCH) {
      const refused = await this.sendBatch(alerts.slice(from, from + BATCH));
      failure ??= refused;
    }
    if (failure !== null) throw failure;
  }

  close(): void {
    this.connection.close();
  }

  /** @returns a refusal. @throws ReceiverFailure without an answer, which no further batch would have */
  private async sendBatch(alerts: readonly SentAlert[]): Promise<ReceiverFailure | null> {
    const posted = await post(this.connection, {
      url: `${this.config.url}/api/v2/alerts`,
      body: JSON.stringify(alerts.map(postableAlert)),
      timeoutSeconds: this.config.timeoutSeconds,
    }).catch((error: unknown) => {
      if (!(error instanceof NotPosted || error instanceof UnreadableFile)) throw error;
      throw new ReceiverFailure(this.name, error.message, { cause: error });
    });
    if (posted.status >= 200 && posted.status < 300) return null;
    const { status, says, retryAfterSeconds } = posted;
    return new ReceiverFailure(this.name, `answered ${status}: ${says}`, { retryAfterSeconds });
  }
}

function postableAlert({ labels, annotations, startsAt, endsAt, generatorUrl }: SentAlert) {
  return {
    labels: legalLabels(labels),
    annotations: legalLabels(annotations),
    startsAt: rfc3339(startsAt),
    endsAt: rfc3339(endsAt),
    generatorURL: generatorUrl,
  };
}

function rfc3339(epochSeconds: number): string {
  return new Date(epochSeconds * 1000).toISOString();
}
