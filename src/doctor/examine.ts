import { SourceFailure } from '../collection/series-source';
import { OutOfTime } from './bounded-asking';
import { checkBuckets } from './bucket-checks';
import { checkCounting } from './counter-checks';
import { shortAlertWindows, tiersThatCannotFire } from './definition-checks';
import type { Examination, Examined } from './examined';
import type { Symptom } from './finding';
import { checkGroups } from './group-checks';
import { checkMatches } from './match-checks';
import { checkQueries } from './query-checks';
import { checkRetention } from './retention-check';
import { checkSeries } from './series-checks';

/** In the order in which a person would ask: is it there, is it what it seems, is it enough. */
const EXAMINATIONS: readonly Examination[] = [
  checkMatches,
  checkQueries,
  checkBuckets,
  checkGroups,
  checkSeries,
  checkCounting,
  checkRetention,
];

/**
 * Every check of one SLO.
 *
 * @param ask whether its source answers; without it only the definition is looked at
 * @returns what was found, and whether everything was asked
 */
export async function examine(
  examined: Examined,
  ask: boolean,
): Promise<{ readonly symptoms: readonly Symptom[]; readonly finished: boolean }> {
  const symptoms = [...tiersThatCannotFire(examined.slo), ...shortAlertWindows(examined)];
  if (!ask) return { symptoms, finished: false };
  const failures = new Set<string>();
  for (const examination of EXAMINATIONS) {
    try {
      symptoms.push(...(await examination(examined)));
    } catch (error) {
      if (error instanceof OutOfTime) return { symptoms, finished: false };
      if (!(error instanceof SourceFailure)) throw error;
      failures.add(error.message);
    }
  }
  return { symptoms: [...symptoms, ...[...failures].map(notDone)], finished: failures.size === 0 };
}

function notDone(message: string): Symptom {
  return {
    check: 'check-not-done',
    severity: 'warning',
    path: '',
    value: `not everything could be looked at: ${message}`,
    allowed: '',
    action: 'ask again; a source that refuses for size wants a narrower selector',
  };
}
