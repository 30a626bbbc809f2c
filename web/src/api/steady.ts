import { useRef } from 'preact/hooks';
import type { Asked } from './answers';

/**
 * Keeps what was shown while something newer of the same subject is asked for, so that a chart does
 * not vanish whenever its range moves.
 */
export function useSteady<T>(subject: string, asked: Asked<T>): Asked<T> {
  const last = useRef<{ readonly subject: string; readonly data: T } | null>(null);
  if (asked.data !== undefined) last.current = { subject, data: asked.data };
  const known = last.current;
  if (asked.data !== undefined || known?.subject !== subject) return asked;
  return { ...asked, data: known.data };
}
