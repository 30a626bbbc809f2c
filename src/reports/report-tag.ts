import { createHash } from 'node:crypto';
import type { Report } from './report';

/** SLOs between which other work gets its turn. */
const ROWS_AT_ONCE = 50;

/**
 * An entity tag of what a report says, known before the first byte is written. Weak, since an answer may be compressed.
 *
 * @param of how it is told: by which version of the service, in which format and language
 */
export async function reportTag(report: Report, of: readonly string[]): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify([of, { ...report, slos: [] }]));
  for (const [k, slo] of report.slos.entries()) {
    hash.update(JSON.stringify(slo));
    if (k % ROWS_AT_ONCE === 0) await new Promise(setImmediate);
  }
  return `W/"${hash.digest('base64url')}"`;
}
