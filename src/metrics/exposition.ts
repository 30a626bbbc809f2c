import type { MetricName } from './names';

export type ExpositionFormat = 'prometheus' | 'openmetrics';

export const CONTENT_TYPES: Readonly<Record<ExpositionFormat, string>> = {
  prometheus: 'text/plain; version=0.0.4; charset=utf-8',
  openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
};

/** Builds exposition text: a family at a time, its samples in the order they are added. */
export class Exposition {
  private written = '';
  private header = '';

  constructor(private readonly format: ExpositionFormat) {}

  family(
    metric: MetricName,
    samples: readonly (readonly [labels: string, value: number | null])[],
  ): void {
    this.begin(metric);
    for (const [labels, value] of samples) this.sample(sampleName(metric, labels), value);
  }

  /** A family without samples is left out: a scraper would see a name and nothing behind it. */
  begin(metric: MetricName): void {
    const family = this.format === 'openmetrics' ? metric.name.replace(/_total$/, '') : metric.name;
    this.header = `# HELP ${family} ${escapeHelp(metric.help)}\n# TYPE ${family} ${metric.type}\n`;
  }

  /**
   * One of the family that was begun. Thousands of lines cost what is thrown away after them: their
   * names are made once by whoever has them, and the text grows by appending.
   *
   * @param name as `sampleName` makes it
   * @param value null where it cannot be known, which writes nothing
   */
  sample(name: string, value: number | null): void {
    if (value === null) return;
    if (this.header !== '') {
      this.written += this.header;
      this.header = '';
    }
    this.written += name;
    this.written += valueText(value);
    this.written += '\n';
  }

  text(): string {
    return this.written;
  }
}

/** What stands before a sample's value: `metric{a="b"} `. */
export function sampleName(metric: MetricName, labels: string): string {
  return labels === '' ? `${metric.name} ` : `${metric.name}{${labels}} `;
}

/** `a="b",c="d"`, escaped. */
export function labelText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${escapeValue(value)}"`)
    .join(',');
}

function escapeValue(value: string): string {
  if (!/[\\"\n]/.test(value)) return value;
  return value.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n');
}

function escapeHelp(help: string): string {
  return help.replace(/\\/g, '\\\\').replace(/\n/g, '\\n');
}

function valueText(value: number): string {
  if (value === Infinity) return '+Inf';
  return value === -Infinity ? '-Inf' : String(value);
}
