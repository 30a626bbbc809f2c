import { parser } from '@prometheus-io/lezer-promql';
import { quotedText } from '../domain/quoted-text';
import { PromqlError } from './promql-error';

/** @lezer/common's types, taken from the parser since CommonJS and ESM see two copies of them. */
export type Tree = ReturnType<typeof parser.parse>;
export type SyntaxNode = Tree['topNode'];

/** Prometheus' grammar; this one stops at the first fault. */
const strictParser = parser.configure({ strict: true });

/** A quote that never ends reaches to the end of the text: it must not be looked for again. */
const QUOTED_OR_BRACKET = /"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?|`[^`]*`?|#.*|[()]/g;

/** From here on faults are not looked around: what comes after the first may cost seconds. */
const LONG_CHARACTERS = 1_000;

/** Each level makes the parser copy all those around it; written queries have some five. */
const DEEPEST = 64;

/** More than any definition needs; what is counted repeats it, and VictoriaMetrics takes no more in a query. */
export const LONGEST_CHARACTERS = 16_384;

/** @throws PromqlError for a text of a definition that is too long to be asked of anything */
export function checkLength(query: string): void {
  if (query.length <= LONGEST_CHARACTERS) return;
  const message = `it has ${query.length} characters, allowed: up to ${LONGEST_CHARACTERS}`;
  throw new PromqlError(message, 0, query);
}

/**
 * The syntax tree of a query; its grammar is the one Prometheus' own editor uses.
 *
 * @throws PromqlError at the first place that is not PromQL
 */
export function parseSyntax(query: string): Tree {
  if (query.trim() === '') throw new PromqlError('the query is empty', 0, query);
  checkDepth(query);
  if (query.length > LONG_CHARACTERS) return parseStrictly(query);
  const tree = parser.parse(query);
  tree.iterate({
    enter: (node) => {
      if (node.type.isError) throw new PromqlError(complaint(query, node.from), node.from, query);
    },
  });
  return tree;
}

function checkDepth(query: string): void {
  let depth = 0;
  for (const { 0: found, index } of query.matchAll(QUOTED_OR_BRACKET)) {
    if (found === ')') depth -= 1;
    if (found !== '(' || ++depth <= DEEPEST) continue;
    throw new PromqlError(`it is nested too deep, allowed: ${DEEPEST} levels`, index, query);
  }
}

function parseStrictly(query: string): Tree {
  try {
    return strictParser.parse(query);
  } catch (error) {
    const [, offset] =
      /^No parse at (\d+)$/.exec(error instanceof Error ? error.message : '') ?? [];
    if (offset === undefined) throw error;
    throw new PromqlError(complaint(query, Number(offset)), Number(offset), query);
  }
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
