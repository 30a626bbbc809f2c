import { nodesOf, parseSyntax, textOf } from './syntax';

/**
 * The same query with every selector that it repeats written once, by MetricsQL's templates:
 *
 *     WITH (_s0 = m{instance=~"a|b"}) sum(_s0 - _s0 offset 1m)
 *
 * Prometheus does not know them. A counting expression repeats its selectors a hundred times, which
 * with the names of seven pods is more than the 16 384 bytes that VictoriaMetrics takes.
 */
export function sharingSelectors(query: string): string {
  const selectors = nodesOf(parseSyntax(query), 'VectorSelector');
  const uses = new Map<string, number>();
  for (const node of selectors) {
    const text = textOf(query, node);
    uses.set(text, (uses.get(text) ?? 0) + 1);
  }
  const repeated = [...uses].filter(([, count]) => count > 1).map(([text]) => text);
  if (repeated.length === 0) return query;
  const names = new Map(repeated.map((text, k) => [text, `_s${k}`]));
  const templates = repeated.map((text, k) => `_s${k} = ${text}`).join(', ');
  let [shared, from] = ['', 0];
  for (const node of selectors) {
    const name = names.get(textOf(query, node));
    if (name === undefined) continue;
    shared += query.slice(from, node.from) + name;
    from = node.to;
  }
  return `WITH (${templates}) ${shared}${query.slice(from)}`;
}
