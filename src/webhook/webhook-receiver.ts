import { AlertReceiver, ReceiverFailure, type SentAlert } from '../alerting/alert-receiver';
import type { WebhookConfig } from '../config/config';
import { Connection } from '../outbound/connection';
import { guardedLookup } from '../outbound/guarded-lookup';
import { NotPosted, post } from '../outbound/post';
import { UnreadableFile, WatchedFile } from '../outbound/watched-file';
import { messageOf } from './message';
import { signature } from './signature';

const SOCKETS = 2;
const SHORTEST_KEY = 16;

export interface WebhookSettings {
  /** Epoch seconds. */
  readonly now: () => number;
  readonly externalUrl: string;
}

/** Somebody who is told of alerts by a signed POST, one message a call. */
export class WebhookReceiver extends AlertReceiver {
  readonly name: string;
  private readonly connection: Connection;
  private readonly secret: WatchedFile;

  constructor(
    private readonly config: WebhookConfig,
    private readonly settings: WebhookSettings,
  ) {
    super();
    this.name = config.name;
    const { url, headers, tls } = config;
    const endpoint = { url, headers, tls, bearerTokenFile: null, basicAuth: null };
    this.connection = new Connection(endpoint, SOCKETS);
    this.secret = new WatchedFile(config.secretFile, 'secretFile');
  }

  async send(alerts: readonly SentAlert[]): Promise<void> {
    const at = this.settings.now();
    const { body, id } = messageOf(alerts, this.name, this.settings.externalUrl, at);
    try {
      const { status, retryAfterSeconds } = await post(this.connection, {
        url: this.config.url,
        body,
        headers: {
          'X-Slowburn-Signature': signature(await this.key(), at, body),
          'X-Slowburn-Delivery': id,
        },
        timeoutSeconds: this.config.timeoutSeconds,
        lookup: guardedLookup(this.config.allowPrivateAddresses),
      });
      if (status >= 200 && status < 300) return;
      // What it says may come from inside the network, and is nobody's to read here.
      throw new ReceiverFailure(this.name, `answered ${status}`, { retryAfterSeconds });
    } catch (error) {
      if (!(error instanceof NotPosted || error instanceof UnreadableFile)) throw error;
      throw new ReceiverFailure(this.name, error.message, { cause: error });
    }
  }

  /** Whether it could sign a message. @throws ReceiverFailure */
  async check(): Promise<void> {
    try {
      await this.key();
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      throw new ReceiverFailure(this.name, error.message, { cause: error });
    }
  }

  close(): void {
    this.connection.close();
  }

  private async key(): Promise<string> {
    const key = await this.secret.readText();
    if (key.length >= SHORTEST_KEY) return key;
    throw new ReceiverFailure(
      this.name,
      `is not told: its secretFile holds ${key.length} characters, allowed: ${SHORTEST_KEY} or more`,
    );
  }
}
