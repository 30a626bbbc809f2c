import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dashboards, fileText } from './dashboards';

/** Writes the dashboards as JSON beside their sources; run in the repository's root. */
const folder = join('deploy', 'grafana', 'dashboards');
mkdirSync(folder, { recursive: true });
for (const [file, dashboard] of Object.entries(dashboards())) {
  writeFileSync(join(folder, file), fileText(dashboard));
  process.stdout.write(`${join(folder, file)}\n`);
}
