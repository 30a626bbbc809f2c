import { Logger } from '@nestjs/common';
import pLimit from 'p-limit';
import type { Clock } from './collection/clock';
import type { Config, DeliveryConfig } from './config/config';
import { FolderTarget } from './folder/folder-target';
import { MailTarget } from './mail/mail-target';
import { Delivering } from './reports/delivery/delivering';
import type { DeliveryLog } from './reports/delivery/delivery-log';
import { packed } from './reports/delivery/packing';
import { ReportCourier } from './reports/delivery/report-courier';
import { ReportDelivery } from './reports/delivery/report-delivery';
import type { ReportTarget } from './reports/delivery/report-target';
import type { Press } from './reports/press';
import type { ReportArchive } from './reports/report-archive';

/** Whoever closes a report wakes them; this is for those of another replica that died. */
const EVERY_SECONDS = 300;
/** A target that is away for long is asked this seldom. */
const LONGEST_PAUSE_SECONDS = 900;
/** Packing a thousand SLOs in all formats, and writing down that they are there. */
const PACKS_WITHIN_SECONDS = 300;

/** Everybody who gets closed reports. */
export function reportDeliveryOf(
  config: Config,
  clock: Clock,
  archive: ReportArchive,
  log: DeliveryLog,
  press: Press,
): ReportDelivery {
  const { deliveries } = config.reports;
  const timeZones = closedZones(config);
  const now = () => clock.now();
  const cut = new AbortController();
  // A report in all formats is hundreds of megabytes while it is written.
  const packing = pLimit(1);
  const targets = deliveries.map((delivery) => ({ delivery, target: targetOf(delivery) }));
  const couriers = targets.map(({ delivery, target }) => {
    const { to } = delivery;
    const takes = to.kind === 'email' ? to.timeoutSeconds : 0;
    const delivering = new Delivering(target, delivery, archive, log, {
      ...{ now, timeZones },
      holdSeconds: PACKS_WITHIN_SECONDS + takes,
      pack: (closed) =>
        packing(() => packed(closed, delivery, config.externalUrl, press, cut.signal)),
      cut: cut.signal,
    });
    return new ReportCourier(target.name, delivering, {
      everySeconds: EVERY_SECONDS,
      longestPauseSeconds: LONGEST_PAUSE_SECONDS,
    });
  });
  return new ReportDelivery(couriers, log, { deliveries, timeZones, now }, cut);
}

/** The zones whose months are closed. */
export function closedZones({ reports, reportTimeZone }: Config): readonly string[] {
  return reports.timeZones.length === 0 ? [reportTimeZone] : reports.timeZones;
}

function targetOf(delivery: DeliveryConfig): ReportTarget {
  if (delivery.to.kind === 'directory') return new FolderTarget(delivery.name, delivery.to.path);
  const target = new MailTarget(delivery, delivery.to);
  // Not only on the first of the month. The file may still come, so it does not stop the start.
  target.check().catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    new Logger('reports').warn(`reports will not be delivered to ${delivery.name}: it ${why}`);
  });
  return target;
}
