import type { Figures } from '../../figures/figures';
import type { SilenceWords } from './silence-words';

/** What the service tells of an SLO that nothing is known of any more. */
export interface Silence {
  /** RFC 3339: the instant of its figures. */
  readonly at: string;
  /** Time within a slice is not in it: a slice is seen at its end alone. */
  readonly dataAgeSeconds: number;
  /** 0 where it does not count slices. */
  readonly sliceSeconds: number;
}

/**
 * For how long there has been no data; of slices also when the next one ends, before which a service
 * that was off cannot know anything new of them. Slices lie on multiples of their length since 1970.
 */
export function silenceText(
  { at, dataAgeSeconds, sliceSeconds }: Silence,
  words: SilenceWords,
  figures: Figures,
): string {
  const seconds = Date.parse(at) / 1000;
  const silent = dataAgeSeconds + sliceSeconds;
  const since = words.since(
    figures.nearInstant((seconds - silent) * 1000),
    figures.duration(silent),
  );
  if (sliceSeconds === 0) return since;
  const next = (Math.floor(seconds / sliceSeconds) + 1) * sliceSeconds;
  return `${since} ${words.slices(figures.duration(sliceSeconds), figures.clock(next * 1000))}`;
}

/** @param spec of a revision: a threshold or a composite has its slices itself, others in their budgeting */
export function sliceSecondsOf(spec: Readonly<Record<string, unknown>>): number {
  for (const part of [spec['sli'], spec['budgeting']]) {
    if (typeof part !== 'object' || part === null || !('sliceSeconds' in part)) continue;
    if (typeof part.sliceSeconds === 'number') return part.sliceSeconds;
  }
  return 0;
}
