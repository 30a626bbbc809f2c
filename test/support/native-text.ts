export const SLI = '{ratio: {total: a_total, bad: b_total}}';

/** A document whose only SLO has its name on line 4 and these lines below it, from line 5. */
export function document(...lines: readonly string[]): string {
  const head = ['apiVersion: slowburn/v1', 'service: api', 'slos:', '  - name: one'];
  return [...head, ...lines.map((line) => `    ${line}`)].join('\n');
}

/** The same, with an objective on line 5 and an SLI on line 6; `lines` begin on line 7. */
export function counted(...lines: readonly string[]): string {
  return document('objective: 99%', `sli: ${SLI}`, ...lines);
}

export function withSli(...lines: readonly string[]): string {
  return document('objective: 99%', 'sli:', ...lines.map((line) => `  ${line}`));
}
