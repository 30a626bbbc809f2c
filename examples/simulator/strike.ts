import type { Effect, Incident } from './incidents';

const LONGEST_SECONDS = 86_400;

type Checked<T> = { readonly ok: T } | { readonly refused: string };

/**
 * An incident asked for over HTTP: `{ "errorShare": 0.2, "seconds": 600 }`, also with `slowness`
 * (a factor) and `downPods` (their numbers).
 *
 * @param from epoch seconds at which it begins
 */
export function strikeAsked(body: string, from: number): Checked<Incident> {
  const given = parsed(body);
  if (given === null) return { refused: 'the body must be a JSON object' };
  const known = ['errorShare', 'slowness', 'downPods', 'seconds'];
  const unknown = Object.keys(given).find((key) => !known.includes(key));
  if (unknown !== undefined) {
    return { refused: `unknown key ${unknown}; allowed are ${known.join(', ')}` };
  }
  const { errorShare = 0, slowness = 1, downPods = [], seconds } = given;
  if (!within(seconds, 1, LONGEST_SECONDS)) {
    return { refused: `seconds is ${JSON.stringify(seconds)}; allowed is 1 to ${LONGEST_SECONDS}` };
  }
  if (!within(errorShare, 0, 1)) {
    return { refused: `errorShare is ${JSON.stringify(errorShare)}; allowed is 0 to 1` };
  }
  if (!within(slowness, 1, 1000)) {
    return { refused: `slowness is ${JSON.stringify(slowness)}; allowed is 1 to 1000` };
  }
  if (!Array.isArray(downPods) || !downPods.every((pod) => pod === 0 || pod === 1)) {
    return { refused: `downPods is ${JSON.stringify(downPods)}; allowed is a list of 0 and 1` };
  }
  const effect: Partial<Effect> = { errorShare, slowness, downPods: downPods as number[] };
  return { ok: { what: 'asked for', from, to: from + seconds, effect } };
}

function parsed(body: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

function within(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && value >= least && value <= most;
}
