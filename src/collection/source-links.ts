/** Where people look at what a data source holds. */
export abstract class SourceLinks {
  /** Its address without a slash at its end, and never with a password; null where it is unknown. */
  abstract addressOf(datasource: string): string | null;
}

/** What proxies and servers take as an address. */
const LONGEST_LINK = 7_000;

/**
 * A query in the expression browser of a Prometheus.
 *
 * @param show a range of raw samples is no line, and only shown as a table
 * @returns null where the address is unknown, or would be too long
 */
export function expressionLink(
  address: string | null,
  query: string,
  show: 'graph' | 'table',
): string | null {
  if (address === null) return null;
  const tab = show === 'graph' ? '0' : '1';
  const link = `${address}/graph?g0.expr=${encodeURIComponent(query)}&g0.tab=${tab}`;
  return link.length > LONGEST_LINK ? null : link;
}
