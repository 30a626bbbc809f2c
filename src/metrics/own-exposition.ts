import type { DeliveryStatus } from '../alerting/delivery-status';
import type { ReportDeliveryStatus } from '../reports/delivery/report-delivery-status';
import type { CollectionStatus } from '../collection/collection-status';
import type { Snapshot } from '../evaluation/board';
import { type Exposition, labelText } from './exposition';
import { OWN_METRICS as OWN } from './names';

/**
 * How the service itself is doing; a frozen evaluator must be visible from outside.
 *
 * @param status null while the ledger does not answer
 */
export function writeOwn(
  out: Exposition,
  status: CollectionStatus | null,
  snapshot: Snapshot,
  definitionProblems: Readonly<Record<string, number>>,
  version: string,
): void {
  out.family(OWN.build, [[labelText({ version }), 1]]);
  out.family(OWN.evaluationDuration, [['', snapshot.evaluationSeconds]]);
  out.family(OWN.evaluatedAt, [['', snapshot.evaluatedAt]]);
  out.family(OWN.definitionProblems, byLabel('severity', definitionProblems));
  out.family(OWN.ledgerUp, [['', status === null ? 0 : 1]]);
  if (status !== null) writeCollection(out, status);
}

function writeCollection(out: Exposition, status: CollectionStatus): void {
  out.family(OWN.tickDuration, [['', status.lastTickSeconds]]);
  out.family(OWN.tickAt, [['', status.lastTickAt]]);
  out.family(OWN.lag, [['', status.lagSeconds]]);
  out.family(OWN.slos, [['', status.slos]]);
  out.family(OWN.streams, [['', status.streams]]);
  out.family(OWN.failing, [['', status.failures.length]]);
  out.family(OWN.missedSteps, [['', status.missedSteps]]);
  out.family(OWN.retriedSteps, [['', status.retriedSteps]]);
  out.family(OWN.writtenSteps, [['', status.stepsWritten]]);
  out.family(OWN.amendedSteps, [['', status.amendedSteps]]);
  out.family(OWN.flaggedSteps, byLabel('flag', status.flaggedSteps));
  out.family(OWN.leases, [['', status.leasesHeld]]);
  out.family(OWN.queriesPerTick, [['', status.queriesPerTick]]);
  out.family(OWN.backfillDone, [['', status.backfill.done]]);
  out.family(OWN.backfillTotal, [['', status.backfill.total]]);
  const sources = status.sources.map(
    (source) => [labelText({ datasource: source.name }), source] as const,
  );
  out.family(
    OWN.queries,
    sources.flatMap(([labels, { queries }]) =>
      Object.entries(queries).map(
        ([outcome, count]) => [`${labels},${labelText({ outcome })}`, count] as const,
      ),
    ),
  );
  out.family(
    OWN.sourceUp,
    sources.map(([labels, { up }]) => [labels, up === null ? null : Number(up)]),
  );
  out.family(
    OWN.sourceSkew,
    sources.map(([labels, source]) => [labels, source.clockSkewSeconds]),
  );
}

export function writeDeliveries(out: Exposition, deliveries: readonly DeliveryStatus[]): void {
  const rows = deliveries.map((each) => [labelText({ receiver: each.receiver }), each] as const);
  out.family(
    OWN.alertsSent,
    rows.flatMap(([labels, { delivered, failed }]) =>
      Object.entries({ delivered, failed }).map(
        ([outcome, count]) => [`${labels},${labelText({ outcome })}`, count] as const,
      ),
    ),
  );
  out.family(
    OWN.receiverUp,
    rows.map(([labels, { up }]) => [labels, up === null ? null : Number(up)]),
  );
}

export function writeReportDeliveries(
  out: Exposition,
  targets: readonly ReportDeliveryStatus[],
): void {
  const rows = targets.map((each) => [labelText({ target: each.target }), each] as const);
  out.family(
    OWN.reportsDelivered,
    rows.flatMap(([labels, { delivered, failed }]) =>
      Object.entries({ delivered, failed }).map(
        ([outcome, count]) => [`${labels},${labelText({ outcome })}`, count] as const,
      ),
    ),
  );
  out.family(
    OWN.reportsPending,
    rows.map(([labels, { pending }]) => [labels, pending]),
  );
  out.family(
    OWN.reportTargetUp,
    rows.map(([labels, { up }]) => [labels, up === null ? null : Number(up)]),
  );
}

function byLabel(label: string, counts: Readonly<Record<string, number>>) {
  return Object.entries(counts).map(
    ([value, count]) => [labelText({ [label]: value }), count] as const,
  );
}
