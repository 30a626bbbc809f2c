export interface AccuracyRow {
  readonly scenario: string;
  readonly way: string;
  /** Relative error in bad events. */
  readonly badRatio: number;
  /** Relative error in all events; null where the way of counting does not tell. */
  readonly totalRatio: number | null;
}

/** Markdown: a line for each scenario and way, the range over all that were counted. */
export function accuracyTable(rows: readonly AccuracyRow[]): string {
  const lines = new Map<string, AccuracyRow[]>();
  for (const row of rows) {
    const key = `${row.scenario}\n${row.way}`;
    lines.set(key, [...(lines.get(key) ?? []), row]);
  }
  const head = ['scrapes', 'way of counting', 'error in bad events', 'error in all events'];
  const body = [...lines.values()].map((own) => [
    own[0]?.scenario ?? '',
    own[0]?.way ?? '',
    range(own.map(({ badRatio }) => badRatio)),
    range(own.map(({ totalRatio }) => totalRatio).filter((ratio) => ratio !== null)),
  ]);
  const widths = head.map((_, k) => Math.max(...[head, ...body].map((row) => row[k]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, k) => cell.padEnd(widths[k] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(head), rule, ...body.map(line)].join('\n');
}

function range(ratios: readonly number[]): string {
  if (ratios.length === 0) return '';
  const [low, high] = [percent(Math.min(...ratios)), percent(Math.max(...ratios))];
  return low === high ? `${low} %` : `${low} to ${high} %`;
}

/** An exact zero is told from a rounded one. */
function percent(ratio: number): string {
  if (ratio === 0) return '0';
  const value = ratio * 100;
  return Math.abs(value) >= 0.1 ? value.toFixed(1) : value.toFixed(4);
}
