import type { Panel, RowPanel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { ClassicDashboard, Draft } from './classic';
import { PROMETHEUS } from './frame';
import { health } from './health';
import { oneSlo } from './one-slo';
import { overview } from './overview';
import { overRest } from './rest';
import { system } from './system';

/** The dashboards by the files that Grafana is provisioned with. */
export function dashboards(): Readonly<Record<string, ClassicDashboard>> {
  return {
    'overview.json': built(overview()),
    'slo.json': built(oneSlo()),
    'system.json': built(system()),
    'health.json': built(health()),
    'rest.json': built(overRest()),
  };
}

/** Text of a file, as formatters leave it. */
export function fileText(dashboard: ClassicDashboard): string {
  return `${JSON.stringify(dashboard, null, 2)}\n`;
}

/** What the SDK leaves to Grafana, so that a link to a panel lasts and nothing depends on a default. */
function built(builder: Draft): ClassicDashboard {
  const dashboard = builder.build();
  const panels = (dashboard.panels ?? []).map((panel, index) => numbered(panel, index + 1));
  // The SDK can only put links into a menu; without a placement they stand above the panels.
  const links = (dashboard.links ?? []).map(({ placement: _, ...link }) => link);
  return { ...dashboard, links, panels };
}

function numbered(panel: Panel | RowPanel, id: number): Panel | RowPanel {
  if (!isPanel(panel)) return { ...panel, id };
  const targets = (panel.targets ?? []).map((target, index) => ({
    refId: String.fromCharCode('A'.charCodeAt(0) + index),
    ...target,
  }));
  return { ...panel, id, datasource: panel.datasource ?? PROMETHEUS, targets };
}

function isPanel(panel: Panel | RowPanel): panel is Panel {
  return panel.type !== 'row';
}
