import type { MetricName } from './names';

export type ExpositionFormat = 'prometheus' | 'openmetrics';

export const CONTENT_TYPES: Readonly<Record<ExpositionFormat, string>> = {
  prometheus: 'text/plain; version=0.0.4; charset=utf-8',
  openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
};

/** Builds exposition text: a family at a time, its samples in the order they are added. */
export class Exposition {
  private readonly lines: string[] = [];

  constructor(private readonly format: ExpositionFormat) {}

  /** A family without samples is left out: a scraper would see a name and nothing behind it. */
  family(
    metric: MetricName,
    samples: readonly (readonly [labels: string, value: number | null])[],
  ): void {
    const known = samples.filter(
      (sample): sample is readonly [string, number] => sample[1] !== null,
    );
    if (known.length === 0) return;
    const family = this.format === 'openmetrics' ? metric.name.replace(/_total$/, '') : metric.name;
    this.lines.push(
      `# HELP ${family} ${escapeHelp(metric.help)}`,
      `# TYPE ${family} ${metric.type}`,
    );
    for (const [labels, value] of known) {
      this.lines.push(`${metric.name}${labels === '' ? '' : `{${labels}}`} ${valueText(value)}`);
    }
  }

  text(): string {
    return this.lines.length === 0 ? '' : `${this.lines.join('\n')}\n`;
  }
}

/** `a="b",c="d"`, escaped. */
export function labelText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${escapeValue(value)}"`)
    .join(',');
}

function escapeValue(value: string): string {
  return value.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n');
}

function escapeHelp(help: string): string {
  return help.replace(/\\/g, '\\\\').replace(/\n/g, '\\n');
}

function valueText(value: number): string {
  if (value === Infinity) return '+Inf';
  return value === -Infinity ? '-Inf' : String(value);
}
