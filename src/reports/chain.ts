import { type ClosedReport, hashOf } from './report-archive';

/** What a closed report is known by, beside its content. */
export type ChainLink = Pick<
  ClosedReport,
  'month' | 'timeZone' | 'revision' | 'hash' | 'previousHash'
>;

/** The first link that does not fit, and why. */
export interface ChainFault extends ChainLink {
  readonly reason: string;
}

export interface ChainVerdict {
  /** Reports that were found to fit. */
  readonly checked: number;
  readonly fault: ChainFault | null;
}

/**
 * Recomputes the hashes of closed reports from their contents, zone by zone, the oldest first.
 *
 *     hash = SHA-256(hash of an earlier month, line feed, content)      the first month's has none before it
 *
 * Whoever changes a content and its hash has to change every later report as well. What no chain
 * shows by itself is a latest report that was replaced or taken away: compare its hash with one that
 * was delivered.
 *
 * @param contentOf the text that was hashed; null where there is none
 */
export async function verifyChain(
  links: readonly ChainLink[],
  contentOf: (link: ChainLink) => Promise<string | null>,
): Promise<ChainVerdict> {
  const earlier = new Map<string, ChainLink>();
  let checked = 0;
  let last: ChainLink | null = null;
  for (const link of [...links].sort(byAge)) {
    const content = await contentOf(link);
    const reason =
      missingBefore(link, last) ?? chainedWrongly(link, earlier) ?? contentFault(link, content);
    if (reason !== null) return { checked, fault: { ...link, reason } };
    earlier.set(`${link.timeZone} ${link.hash}`, link);
    last = link;
    checked += 1;
  }
  return { checked, fault: null };
}

function byAge(a: ChainLink, b: ChainLink): number {
  const [one, other] = [a, b].map(({ timeZone, month }) => `${timeZone} ${month}`);
  if (one !== other) return (one ?? '') < (other ?? '') ? -1 : 1;
  return a.revision - b.revision;
}

function missingBefore(link: ChainLink, last: ChainLink | null): string | null {
  const same = last?.month === link.month && last.timeZone === link.timeZone;
  const expected = same ? last.revision + 1 : 1;
  return link.revision === expected ? null : `revision ${expected} is missing`;
}

function chainedWrongly(
  { previousHash, timeZone, month }: ChainLink,
  earlier: ReadonlyMap<string, ChainLink>,
): string | null {
  if (previousHash === null) return null;
  const before = earlier.get(`${timeZone} ${previousHash}`);
  if (before !== undefined && before.month < month) return null;
  return `the earlier report ${previousHash.slice(0, 12)} that it is chained to is missing or was changed`;
}

function contentFault(link: ChainLink, content: string | null): string | null {
  if (content === null) return 'its content is missing';
  if (hashOf(link.previousHash, content) !== link.hash) return 'its content does not fit its hash';
  const says = readObject(content);
  if (says === null) return 'its content is no report';
  const wrong = (['month', 'timeZone', 'revision', 'previousHash'] as const).find(
    (name) => says[name] !== link[name],
  );
  return wrong === undefined ? null : `its content is that of another report: ${wrong} differs`;
}

function readObject(content: string): Readonly<Record<string, unknown>> | null {
  try {
    const read: unknown = JSON.parse(content);
    return typeof read === 'object' ? (read as Readonly<Record<string, unknown>> | null) : null;
  } catch {
    return null;
  }
}
