import { yamlLanguage } from '@codemirror/lang-yaml';
import { type Input, parseMixed, type SyntaxNode } from '@lezer/common';
import { parser as promql } from '@prometheus-io/lezer-promql';

/** Keys whose value is PromQL, in any of the four languages. */
const QUERIES: ReadonlySet<string> = new Set([
  // slowburn/v1
  ...['total', 'bad', 'good', 'histogram', 'up', 'query'],
  // Sloth, as a file and as a resource
  ...['error_query', 'total_query', 'error_ratio_query'],
  ...['errorQuery', 'totalQuery', 'errorRatioQuery'],
  // Pyrra
  'metric',
]);
const VALUES: ReadonlySet<string> = new Set(['Literal', 'QuotedLiteral', 'BlockLiteralContent']);

/** YAML, and so JSON, with the queries in it read as PromQL. */
export const yamlWithPromql = yamlLanguage.configure({
  wrap: parseMixed(({ node }, input) => {
    if (!VALUES.has(node.name) || !QUERIES.has(keyOf(node, input))) return null;
    const quote = node.name === 'QuotedLiteral' ? 1 : 0;
    const [from, to] = [node.from + quote, node.to - quote];
    return from < to ? { parser: promql, overlay: [{ from, to }] } : null;
  }),
});

/** The key of a value; empty for what is none. */
function keyOf(node: SyntaxNode, input: Input): string {
  const { parent } = node;
  const pair = parent?.name === 'BlockLiteral' ? parent.parent : parent;
  const key = pair?.name === 'Pair' ? pair.getChild('Key') : null;
  return key === null ? '' : input.read(key.from, key.to).replace(/["']/g, '');
}
