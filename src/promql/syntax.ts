import { parser } from '@prometheus-io/lezer-promql';
import { quotedText } from '../domain/quoted-text';
import { PromqlError } from './promql-error';

/** @lezer/common's types, taken from the parser since CommonJS and ESM see two copies of them. */
export type Tree = ReturnType<typeof parser.parse>;
export type SyntaxNode = Tree['topNode'];

/**
 * The syntax tree of a query; its grammar is the one Prometheus' own editor uses.
 *
 * @throws PromqlError at the first place that is not PromQL
 */
export function parseSyntax(query: string): Tree {
  if (query.trim() === '') throw new PromqlError('the query is empty', 0, query);
  const tree = parser.parse(query);
  tree.iterate({
    enter: (node) => {
      if (node.type.isError) throw new PromqlError(complaint(query, node.from), node.from, query);
    },
  });
  return tree;
}

/** All nodes of some kinds, in the order of the text. */
export function nodesOf(tree: Tree, ...names: readonly string[]): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  tree.iterate({
    enter: (node) => {
      if (names.includes(node.name)) found.push(node.node);
    },
  });
  return found;
}

export function textOf(query: string, node: SyntaxNode): string {
  return query.slice(node.from, node.to);
}

function complaint(query: string, offset: number): string {
  const rest = query.slice(offset).trim();
  return rest === ''
    ? 'the query ends where PromQL expects more'
    : `not PromQL at ${quotedText(rest.slice(0, 20))}`;
}
