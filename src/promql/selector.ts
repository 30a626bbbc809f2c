import { PromqlError } from './promql-error';
import { quoted, unquoted } from './quoting';
import { checkLength, nodesOf, parseSyntax, type SyntaxNode, textOf } from './syntax';

export type MatchOperator = '=' | '!=' | '=~' | '!~';

export interface Matcher {
  readonly label: string;
  readonly op: MatchOperator;
  readonly value: string;
}

/** The series of one metric: its name and matchers, nothing else. */
export interface Selector {
  readonly metric: string;
  readonly matchers: readonly Matcher[];
}

const PLAIN_METRIC = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const PLAIN_LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/**
 * Reads a plain selector such as `http_requests_total{job="api",code=~"5.."}`.
 *
 * @throws PromqlError when it does not parse or is anything more: a range, an offset, a function
 */
export function parseSelector(text: string): Selector {
  checkLength(text);
  const tree = parseSyntax(text);
  const root = tree.topNode.firstChild;
  if (root?.name !== 'VectorSelector' || root.nextSibling !== null) {
    throw new PromqlError(
      'a plain selector is wanted here, such as http_requests_total{job="api"}, without functions, ranges or offsets',
      root?.from ?? 0,
      text,
    );
  }
  const matchers = nodesOf(tree, 'UnquotedLabelMatcher', 'QuotedLabelMatcher').map((node) =>
    matcherOf(text, node),
  );
  const metric = metricOf(text, root, matchers);
  return { metric, matchers: matchers.filter(({ label }) => label !== '__name__') };
}

function matcherOf(text: string, node: SyntaxNode): Matcher {
  const [label, op, value] = [node.firstChild, node.getChild('MatchOp'), node.lastChild];
  if (label === null || op === null || value === null) {
    throw new PromqlError('a label matcher is incomplete', node.from, text);
  }
  const name = textOf(text, label);
  return {
    label: label.name === 'QuotedLabelName' ? unquoted(name) : name,
    op: textOf(text, op) as MatchOperator,
    value: unquoted(textOf(text, value)),
  };
}

function metricOf(text: string, root: SyntaxNode, matchers: readonly Matcher[]): string {
  const identifier = root.getChild('Identifier');
  if (identifier !== null) return textOf(text, identifier);
  const quotedName = root.getChild('LabelMatchers')?.getChild('QuotedLabelName');
  if (quotedName) return unquoted(textOf(text, quotedName));
  const named = matchers.find(({ label, op }) => label === '__name__' && op === '=');
  if (named !== undefined && named.value !== '') return named.value;
  throw new PromqlError('the selector must name one metric', root.from, text);
}

/** A tick names the same thousands of selectors as the one before; none is ever changed. */
const TEXTS = new WeakMap<Selector, string>();

/** PromQL for a selector: matchers in the order of their labels, so that equal selectors are equal texts. */
export function formatSelector(selector: Selector): string {
  const known = TEXTS.get(selector);
  if (known !== undefined) return known;
  const text = textOfSelector(selector);
  TEXTS.set(selector, text);
  return text;
}

function textOfSelector({ metric, matchers }: Selector): string {
  const written = matchers.map(
    ({ label, op, value }) =>
      `${PLAIN_LABEL.test(label) ? label : quoted(label)}${op}${quoted(value)}`,
  );
  const parts = [...new Set(written)].sort();
  if (!PLAIN_METRIC.test(metric)) return `{${[quoted(metric), ...parts].join(',')}}`;
  return parts.length === 0 ? metric : `${metric}{${parts.join(',')}}`;
}

/** The selector with further matchers. */
export function narrowed(selector: Selector, matchers: readonly Matcher[]): Selector {
  return { metric: selector.metric, matchers: [...selector.matchers, ...matchers] };
}
