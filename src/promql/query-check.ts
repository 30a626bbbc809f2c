import { PromqlError } from './promql-error';
import { checkLength, nodesOf, parseSyntax, textOf } from './syntax';

export const WINDOW_PLACEHOLDER = '$window';
const COUNTER_FUNCTIONS = ['Rate', 'Irate', 'Increase', 'Delta', 'Idelta', 'Resets'];

/** The query with a look-back window in place of `$window`. */
export function withWindow(query: string, windowText: string): string {
  return query.replaceAll(WINDOW_PLACEHOLDER, windowText);
}

/**
 * Checks a query that is sent to Prometheus as it is. `$window` may stand for a duration.
 *
 * @throws PromqlError when it does not parse, aggregates under `rate` (a restarted pod then looks
 * like a reset of the sum, so its events are counted twice), takes a range of anything but a selector
 * or would read every metric there is
 */
export function checkQuery(query: string): void {
  checkLength(query);
  // The same length as the placeholder, so that positions stay true.
  const filled = withWindow(query, '1234567'.slice(0, WINDOW_PLACEHOLDER.length - 1) + 's');
  const tree = parseSyntax(filled);
  for (const call of nodesOf(tree, 'FunctionCall')) {
    const name = call.getChild('FunctionIdentifier')?.firstChild?.name ?? '';
    const subquery = call.getChild('FunctionCallBody')?.getChild('SubqueryExpr');
    if (COUNTER_FUNCTIONS.includes(name) && subquery?.getChild('AggregateExpr')) {
      throw new PromqlError(
        `${name.toLowerCase()}() over an aggregation sees a reset of the sum whenever one process restarts; aggregate outside: sum(${name.toLowerCase()}(…))`,
        call.from,
        query,
      );
    }
  }
  for (const range of nodesOf(tree, 'MatrixSelector')) {
    if (range.firstChild?.name === 'VectorSelector') continue;
    throw new PromqlError(
      'a range such as [5m] follows a selector only; a subquery has a colon: [5m:]',
      range.from,
      query,
    );
  }
  for (const selector of nodesOf(tree, 'VectorSelector')) {
    const text = textOf(filled, selector);
    const named = selector.getChild('Identifier') ?? /[{,]\s*(?:"|__name__\s*=[^~])/.exec(text);
    if (named === null) {
      throw new PromqlError('a selector must name its metric', selector.from, query);
    }
  }
}
