import type { SyntaxNode } from '@lezer/common';
import { yamlWithPromql } from './promql-in-yaml';

/** What of a text is read as PromQL, at whatever place one looks. */
function queriesIn(text: string): readonly string[] {
  const tree = yamlWithPromql.parser.parse(text);
  const found = new Set<string>();
  for (let at = 0; at < text.length; at += 1) {
    let node: SyntaxNode | null = tree.resolveInner(at, 1);
    while (node !== null && node.name !== 'VectorSelector') node = node.parent;
    if (node !== null) found.add(text.slice(node.from, node.to));
  }
  return [...found];
}

describe('PromQL in YAML', () => {
  it.each([
    ['total: http_requests_total{job="shop"}', 'http_requests_total{job="shop"}'],
    [`{ "sli": { "bad": "errors_total" } }`, 'errors_total'],
    [`sli: { availability: { up: 'up{job="a"}' } }`, 'up{job="a"}'],
    ['threshold:\n  query: |\n    sum(rate(a_total[5m]))\n  op: lte', 'a_total'],
    ['error_query: sum(rate(b_total[5m]))', 'b_total'],
    ['metric: grpc_total{code="0"}', 'grpc_total{code="0"}'],
  ])('%j', (text, query) => {
    expect(queriesIn(text)).toEqual([query]);
  });

  it.each(['name: http_requests_total', 'total', '- total', 'total:', 'labels: { a: b }'])(
    'is not in %j',
    (text) => {
      expect(queriesIn(text)).toEqual([]);
    },
  );
});
