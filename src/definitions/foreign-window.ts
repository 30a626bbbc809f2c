import { parseSeconds } from '../domain/duration';
import type { SloWindow } from '../domain/slo-window';
import type { Field } from './foreign-field';
import { rollingWindow } from './native-slo';

const DEFAULT_WINDOW = '30d';

/** The window of a document that has none: the one asked for, else 30d, and that is said. */
export function windowOutside(at: Field, asked: string | null, why: string): SloWindow | null {
  if (asked === null) {
    at.warning(`${why}: ${DEFAULT_WINDOW} is taken; slowburn import --window sets another`);
  }
  return readRolling(at, asked ?? DEFAULT_WINDOW);
}

/** A Prometheus duration as a rolling window. */
export function readRolling(field: Field, text: string): SloWindow | null {
  return field.attempt(() => rollingWindow(parseSeconds(text), text));
}
