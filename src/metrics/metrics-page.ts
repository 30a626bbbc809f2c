import { collectDefaultMetrics, type OpenMetricsContentType, Registry } from 'prom-client';
import type { DeliveryStatus } from '../alerting/delivery-status';
import type { ReportDeliveryStatus } from '../reports/delivery/report-delivery-status';
import type { CollectionMonitor } from '../collection/collection-status';
import type { DefinitionRegistry } from '../definitions/registry';
import type { Board, Snapshot } from '../evaluation/board';
import { Exposition, type ExpositionFormat } from './exposition';
import { writeDeliveries, writeOwn, writeReportDeliveries } from './own-exposition';
import { PyrraExposition } from './pyrra-exposition';
import { SloExposition } from './slo-exposition';
import { SlothExposition } from './sloth-exposition';

export interface MetricsSettings {
  /** Labels of SLOs that are exported too. */
  readonly labels: readonly string[];
  /** Whose names the figures are exported under as well. */
  readonly compatibility: readonly ('sloth' | 'pyrra')[];
  readonly version: string;
  /** How the receivers of alerts are doing. */
  readonly deliveries: () => readonly DeliveryStatus[];
  /** How those who get closed reports are doing. */
  readonly reportDeliveries: () => readonly ReportDeliveryStatus[];
}

/** Gauges that prom-client names like counters, which `promtool check metrics` refuses. */
const MISNAMED = [
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
  'nodejs_active_resources_total',
];

/** The text that Prometheus scrapes: SLOs, the service, the process. The SLOs' part is kept per evaluation. */
export class MetricsPage {
  private readonly process = {
    prometheus: new Registry(),
    openmetrics: new Registry<OpenMetricsContentType>(),
  };
  private readonly slos: ReturnType<typeof expositionsOf>;
  private kept = new Map<ExpositionFormat, { readonly of: Snapshot; readonly text: string }>();

  constructor(
    private readonly board: Board,
    private readonly monitor: CollectionMonitor,
    private readonly registry: DefinitionRegistry,
    private readonly settings: MetricsSettings,
  ) {
    this.slos = expositionsOf(settings);
    this.process.openmetrics.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
    collectDefaultMetrics({ register: this.process.prometheus });
    collectDefaultMetrics({ register: this.process.openmetrics });
    for (const name of MISNAMED) {
      this.process.prometheus.removeSingleMetric(name);
      this.process.openmetrics.removeSingleMetric(name);
    }
  }

  async text(format: ExpositionFormat): Promise<string> {
    // A page that fails with the database would hide that it is the database.
    const asked = this.monitor.status().catch(() => null);
    const process = await this.process[format].metrics();
    // While the database looks.
    const slos = this.sloText(format);
    const own = new Exposition(format);
    const status = await asked;
    writeOwn(own, status, this.board.current(), this.definitionProblems(), this.settings.version);
    writeDeliveries(own, this.settings.deliveries());
    writeReportDeliveries(own, this.settings.reportDeliveries());
    const parts = [slos, own.text(), process];
    if (format === 'prometheus') return parts.join('');
    return `${parts.map((part) => part.replace(/# EOF\n?$/, '')).join('')}# EOF\n`;
  }

  private sloText(format: ExpositionFormat): string {
    const snapshot = this.board.current();
    const kept = this.kept.get(format);
    if (kept?.of === snapshot) return kept.text;
    const out = new Exposition(format);
    for (const exposition of this.slos) exposition.write(out, snapshot.figures);
    const text = out.text();
    this.kept.set(format, { of: snapshot, text });
    return text;
  }

  private definitionProblems(): Readonly<Record<string, number>> {
    const { problems } = this.registry.current();
    const count = (severity: string) =>
      problems.filter((problem) => problem.severity === severity).length;
    return { error: count('error'), warning: count('warning') };
  }
}

function expositionsOf({ labels, compatibility, version }: MetricsSettings) {
  return [
    new SloExposition(labels),
    ...(compatibility.includes('sloth') ? [new SlothExposition(labels, version)] : []),
    ...(compatibility.includes('pyrra') ? [new PyrraExposition()] : []),
  ];
}
