import { Logger } from '@nestjs/common';
import type { AlertLog } from './alerting/alert-log';
import { Courier } from './alerting/courier';
import { Delivery } from './alerting/delivery';
import { NewsErrand } from './alerting/news-errand';
import type { Notices } from './alerting/notices';
import { resendSeconds } from './alerting/sent-alerts';
import { StandingErrand } from './alerting/standing-errand';
import { AlertmanagerReceiver } from './alertmanager/alertmanager-receiver';
import type { Clock } from './collection/clock';
import type { Config } from './config/config';
import { WebhookReceiver } from './webhook/webhook-receiver';

/** A webhook that is away for long is asked for this seldom. */
const LONGEST_WEBHOOK_PAUSE_SECONDS = 300;
/** Beyond the time a message may take: for writing down that it was told. */
const HOLD_LONGER_SECONDS = 10;

/** Everybody that the configuration wants to be told of alerts. */
export function deliveryOf(
  config: Config,
  clock: Clock,
  log: AlertLog,
  notices: Notices,
): Delivery {
  const now = () => clock.now();
  const resend = resendSeconds(config.evaluationIntervalSeconds);
  const everySeconds = clock.realSeconds(resend);
  const alertmanagers = config.alertmanagers.map((each) => new AlertmanagerReceiver(each));
  const webhooks = config.webhooks.map(
    (each) => new WebhookReceiver(each, { now, externalUrl: config.externalUrl }),
  );
  for (const webhook of webhooks) checkEarly(webhook);
  return new Delivery(
    [
      ...alertmanagers.map(
        (receiver) =>
          new Courier(receiver, new StandingErrand(log, now, resend), {
            everySeconds,
            longestPauseSeconds: everySeconds,
          }),
      ),
      ...webhooks.map((receiver, index) => {
        const holdSeconds = (config.webhooks[index]?.timeoutSeconds ?? 0) + HOLD_LONGER_SECONDS;
        const settings = { webhook: receiver.name, now, resendSeconds: resend, holdSeconds };
        return new Courier(receiver, new NewsErrand(log, notices, settings), {
          everySeconds,
          longestPauseSeconds: LONGEST_WEBHOOK_PAUSE_SECONDS,
        });
      }),
    ],
    () => {
      for (const receiver of [...alertmanagers, ...webhooks]) receiver.close();
    },
  );
}

/** Not only when there is a page to tell. The file may still come, so it does not stop the start. */
function checkEarly(webhook: WebhookReceiver): void {
  webhook.check().catch((error: unknown) => {
    new Logger('alerting').warn(error instanceof Error ? error.message : String(error));
  });
}
