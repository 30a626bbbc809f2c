import { PromqlError } from './promql-error';
import { WINDOW_PLACEHOLDER } from './query-check';
import { formatSelector, parseSelector } from './selector';
import { parseSyntax, type SyntaxNode } from './syntax';

/** A counter that a query adds up, such as that of `sum(rate(x{job="a"}[5m]))`. */
export interface CountedSelector {
  /** In the canonical order of matchers, so that equal selectors are equal texts. */
  readonly selector: string;
  /** How its increments are taken: `rate[5m]`; empty for the counter as it stands. */
  readonly measure: string;
  readonly groupBy: readonly string[];
}

/** Counters that can be differenced exactly, found in queries that were written to estimate them. */
export interface CountedRatio {
  /** How both are measured, see `CountedSelector`. */
  readonly measure: string;
  readonly total: string;
  readonly part: { readonly role: 'good' | 'bad'; readonly selector: string };
  readonly groupBy: readonly string[];
}

/** A query and its syntax; `$window` is held by a duration of the same length. */
interface Parsed {
  readonly query: string;
  readonly root: SyntaxNode;
}

/** The one counter that a query sums, or null: a plain selector, its rate or increase, a `sum` of either. */
export function recogniseCounter(query: string): CountedSelector | null {
  const parsed = parse(query);
  return parsed === null ? null : counterOf(parsed, parsed.root);
}

/**
 * The counters behind two queries of events.
 *
 *     bad = sum(rate(e[w])), total = sum(rate(t[w]))                    total t, bad e
 *     bad = sum(rate(t[w])) - sum(rate(g[w])), total = sum(rate(t[w]))  total t, good g
 *
 * @returns null for anything else, and where both are not measured and grouped alike
 */
export function recogniseEvents(
  role: 'good' | 'bad',
  part: string,
  total: string,
): CountedRatio | null {
  const [partial, whole] = [parse(part), parse(total)];
  if (partial === null || whole === null) return null;
  const all = counterOf(whole, whole.root);
  return all === null ? null : ratioOf(partial, partial.root, role, all);
}

/**
 * The counters behind a query of a ratio: `bad / total`, `1 - good / total`, `(total - good) / total`.
 *
 * @param role what the query is the ratio of
 */
export function recogniseRatio(role: 'good' | 'bad', query: string): CountedRatio | null {
  const parsed = parse(query);
  return parsed === null ? null : divisionOf(parsed, parsed.root, role);
}

/**
 * The same events as counts over `$window`, where a query is made of nothing but sums and differences
 * of counters or of their rates over one range; null otherwise.
 *
 *     sum(rate(a[5m])) + sum(rate(b[5m])) = sum(increase(a[$window])) + sum(increase(b[$window]))
 *
 * @param cumulative whether metrics without a rate are counters too
 */
export function asIncreases(query: string, cumulative: boolean): string | null {
  const parsed = parse(query);
  const leaves = parsed === null ? null : leavesOf(parsed, parsed.root);
  const measures = new Set(leaves?.map(({ measure }) => measure));
  if (leaves === null || measures.size !== 1 || (measures.has('') && !cumulative)) return null;
  let text = '';
  let from = 0;
  for (const { node, selector } of leaves) {
    text += `${query.slice(from, node.from)}increase(${selector}[${WINDOW_PLACEHOLDER}])`;
    from = node.to;
  }
  return text + query.slice(from);
}

/** The labels that a query's answers are told apart by, as far as its outermost sums say so. */
export function groupingOf(query: string): readonly string[] {
  const parsed = parse(query);
  return parsed === null ? [] : (groupsOf(parsed, parsed.root) ?? []);
}

/** Whether a query turns no answer into 0 as a whole: `… or vector(0)`. */
export function fallsBackToZero(query: string): boolean {
  const parsed = parse(query);
  // Nodes are made anew at each visit, so they are compared by where they end.
  return parsed !== null && withoutFallback(parsed, parsed.root).to !== bare(parsed.root).to;
}

function parse(query: string): Parsed | null {
  const held = `${'1'.repeat(WINDOW_PLACEHOLDER.length - 1)}s`;
  try {
    const root = parseSyntax(query.replaceAll(WINDOW_PLACEHOLDER, held)).topNode.firstChild;
    return root === null ? null : { query, root };
  } catch (error) {
    if (error instanceof PromqlError) return null;
    throw error;
  }
}

function divisionOf(parsed: Parsed, node: SyntaxNode, role: 'good' | 'bad'): CountedRatio | null {
  const inner = withoutFallback(parsed, node);
  const operands = operandsOf(inner);
  if (operands === null) return null;
  const [left, right] = operands;
  if (inner.getChild('Sub') !== null && textOf(parsed, left) === '1') {
    return divisionOf(parsed, right, role === 'good' ? 'bad' : 'good');
  }
  if (inner.getChild('Div') === null || inner.getChild('MatchingModifierClause') !== null) {
    return null;
  }
  const total = counterOf(parsed, right);
  return total === null ? null : ratioOf(parsed, left, role, total);
}

function ratioOf(
  parsed: Parsed,
  node: SyntaxNode,
  role: 'good' | 'bad',
  total: CountedSelector,
): CountedRatio | null {
  const inner = withoutFallback(parsed, node);
  const own = counterOf(parsed, inner);
  if (own !== null) {
    if (!alike(own, total)) return null;
    const { selector } = own;
    return { ...wholeOf(total), part: { role, selector } };
  }
  const operands = operandsOf(inner);
  if (operands === null || inner.getChild('Sub') === null) return null;
  if (inner.getChild('MatchingModifierClause') !== null) return null;
  const [minuend, subtrahend] = operands.map((operand) => counterOf(parsed, operand));
  if (!minuend || !subtrahend || minuend.selector !== total.selector) return null;
  if (!alike(minuend, total) || !alike(subtrahend, total)) return null;
  return {
    ...wholeOf(total),
    part: { role: role === 'good' ? 'bad' : 'good', selector: subtrahend.selector },
  };
}

function wholeOf({ selector, measure, groupBy }: CountedSelector) {
  return { total: selector, measure, groupBy };
}

function alike(a: CountedSelector, b: CountedSelector): boolean {
  const [own, other] = [a, b].map(({ groupBy }) => JSON.stringify([...groupBy].sort()));
  return a.measure === b.measure && own === other;
}

function counterOf(parsed: Parsed, node: SyntaxNode): CountedSelector | null {
  const inner = withoutFallback(parsed, node);
  if (inner.name !== 'AggregateExpr') {
    const leaf = leafOf(parsed, inner);
    return leaf === null ? null : { ...leaf, groupBy: [] };
  }
  const groupBy = sumGroups(parsed, inner);
  const body = inner.getChild('FunctionCallBody')?.firstChild;
  const counter = groupBy === null || !body ? null : counterOf(parsed, body);
  if (counter === null || groupBy === null) return null;
  const nested = bare(body ?? inner).name === 'AggregateExpr';
  // A sum of sums keeps no label that the inner one has already lost.
  if (nested && !groupBy.every((label) => counter.groupBy.includes(label))) return null;
  return { ...counter, groupBy };
}

interface Leaf {
  readonly node: SyntaxNode;
  readonly selector: string;
  readonly measure: string;
}

function leafOf(parsed: Parsed, node: SyntaxNode): Leaf | null {
  if (node.name === 'VectorSelector') return withSelector(parsed, node, node, '');
  if (node.name !== 'FunctionCall') return null;
  const name = node.getChild('FunctionIdentifier')?.firstChild?.name;
  const range = node.getChild('FunctionCallBody')?.getChild('MatrixSelector');
  const selector = range?.getChild('VectorSelector');
  if (!range || !selector || (name !== 'Rate' && name !== 'Increase')) return null;
  const length = parsed.query.slice(selector.to, range.to).replace(/\s/g, '');
  return withSelector(parsed, node, selector, `${name.toLowerCase()}${length}`);
}

function withSelector(
  parsed: Parsed,
  node: SyntaxNode,
  selector: SyntaxNode,
  measure: string,
): Leaf | null {
  try {
    return { node, selector: formatSelector(parseSelector(textOf(parsed, selector))), measure };
  } catch (error) {
    if (error instanceof PromqlError) return null;
    throw error;
  }
}

/** The counters of a linear query, in the order of the text; null when it is anything more. */
function leavesOf(parsed: Parsed, node: SyntaxNode): readonly Leaf[] | null {
  const inner = bare(node);
  if (isZero(parsed, inner)) return [];
  const leaf = leafOf(parsed, inner);
  if (leaf !== null) return [leaf];
  if (inner.name === 'AggregateExpr') {
    const body = inner.getChild('FunctionCallBody')?.firstChild;
    return body && inner.getChild('AggregateOp')?.firstChild?.name === 'Sum'
      ? leavesOf(parsed, body)
      : null;
  }
  const operands = operandsOf(inner);
  if (operands === null || !['Add', 'Sub', 'Or'].some((op) => inner.getChild(op) !== null)) {
    return null;
  }
  const parts = operands.map((operand) => leavesOf(parsed, operand));
  return parts.some((part) => part === null) ? null : parts.flatMap((part) => part ?? []);
}

/** Labels that a sum keeps; null for other aggregations and for `without`. */
function sumGroups(parsed: Parsed, aggregate: SyntaxNode): readonly string[] | null {
  if (aggregate.getChild('AggregateOp')?.firstChild?.name !== 'Sum') return null;
  const modifier = aggregate.getChild('AggregateModifier');
  if (modifier === null) return [];
  const labels = modifier.getChild('GroupingLabels')?.getChildren('LabelName') ?? [];
  return modifier.getChild('By') === null ? null : labels.map((label) => textOf(parsed, label));
}

function groupsOf(parsed: Parsed, node: SyntaxNode): readonly string[] | null {
  const inner = withoutFallback(parsed, node);
  if (inner.name === 'AggregateExpr') return sumGroups(parsed, inner);
  const sides = (operandsOf(inner) ?? []).map((operand) => groupsOf(parsed, operand));
  return sides.find((side) => side !== null && side.length > 0) ?? null;
}

function withoutFallback(parsed: Parsed, node: SyntaxNode): SyntaxNode {
  const inner = bare(node);
  const operands = operandsOf(inner);
  if (operands === null || inner.getChild('Or') === null) return inner;
  const [left, right] = operands;
  return isZero(parsed, bare(right)) ? withoutFallback(parsed, left) : inner;
}

function isZero(parsed: Parsed, node: SyntaxNode): boolean {
  return (
    node.name === 'FunctionCall' && /^vector\s*\(\s*0(?:\.0*)?\s*\)$/i.test(textOf(parsed, node))
  );
}

function operandsOf(node: SyntaxNode): readonly [SyntaxNode, SyntaxNode] | null {
  const [left, right] = [node.firstChild, node.lastChild];
  return node.name === 'BinaryExpr' && left && right ? [left, right] : null;
}

function bare(node: SyntaxNode): SyntaxNode {
  const inner = node.name === 'ParenExpr' ? node.firstChild : null;
  return inner === null ? node : bare(inner);
}

function textOf({ query }: Parsed, node: SyntaxNode): string {
  return query.slice(node.from, node.to);
}
