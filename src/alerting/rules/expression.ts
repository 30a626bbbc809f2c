import { formatSelector, type Matcher, type Selector } from '../../promql/selector';
import { nodesOf, parseSyntax, textOf } from '../../promql/syntax';

/** The series of a metric that have these label values. */
export function series(metric: string, labels: Readonly<Record<string, string>>): Selector {
  const matchers = Object.entries(labels).map(([label, value]): Matcher => ({
    label,
    op: '=',
    value,
  }));
  return { metric, matchers };
}

/** A selector over the time before: `m{a="b"}[5m]`. */
export function over(selector: Selector, range: string): string {
  return `${formatSelector(selector)}[${range}]`;
}

/** Conditions of which all must hold, a line each. */
export function all(conditions: readonly string[]): string {
  return conditions.join('\nand\n');
}

/** Of several, the first that has a series; `or` binds the least. */
export function either(alternatives: readonly string[]): string {
  return alternatives.map((text) => (text.includes('\n') ? enclosed(text) : text)).join('\nor\n');
}

/** In parentheses, on lines of its own. */
export function enclosed(text: string): string {
  const lines = text.split('\n').map((line) => `  ${line}`);
  return ['(', ...lines, ')'].join('\n');
}

/**
 * The expression, read back: it parses, and the selectors in it are those that it was built of.
 *
 * @throws PromqlError when it is no PromQL
 */
export function readBack(expr: string, built: readonly Selector[]): string {
  const tree = parseSyntax(expr);
  const meant = new Set(built.map(formatSelector));
  for (const node of nodesOf(tree, 'VectorSelector')) {
    const text = textOf(expr, node);
    if (!meant.has(text)) throw new Error(`${text} was not meant to be in ${expr}`);
  }
  return expr;
}
