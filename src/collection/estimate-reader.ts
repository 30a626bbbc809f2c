import type { QuerySli } from '../domain/slo';
import { withWindow } from '../promql/query-check';
import type { CounterSource } from './counter-reader';
import { NotCountable, scaledCount, type SliReading } from './sli-reading';
import { MILLIONTHS } from './slices';
import type { Steps } from './steps';
import { readValues, slicesOf } from './value-reader';

/** Reads `$window` queries at the end of every window, in millionths. */
export async function readEstimate(
  at: CounterSource,
  counts: QuerySli['counts'],
  groupBy: readonly string[],
  windows: Steps,
): Promise<SliReading> {
  const ask = (query: string) =>
    readValues(at, withWindow(query, `${windows.stepSeconds}s`), groupBy, windows);
  if (counts.role === 'errorRatio') {
    return slicesOf(await ask(counts.ratio), windows, (ratio) => {
      if (!(ratio >= 0 && ratio <= 1)) throw new NotCountable('the error ratio', ratio);
      return {
        good: MILLIONTHS - scaledCount(ratio, MILLIONTHS, 'the error ratio'),
        total: MILLIONTHS,
      };
    });
  }
  const [totals, parts] = await Promise.all([ask(counts.total), ask(counts.part)]);
  return slicesOf(totals, windows, (value, k, key) => {
    const total = scaledCount(value, MILLIONTHS, 'the total query');
    const given = parts.get(key)?.values[k] ?? NaN;
    const part = scaledCount(
      Number.isNaN(given) ? 0 : given,
      MILLIONTHS,
      `the ${counts.role} query`,
    );
    // Extrapolation lets two estimates disagree about the same events.
    const within = part > total ? total : part;
    return { good: counts.role === 'good' ? within : total - within, total };
  });
}
