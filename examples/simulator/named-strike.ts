import type { Effect, Incident } from './incidents';

const LONGEST_SECONDS = 86_400;
const UNIT_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600 };

/** What goes wrong, in a word. Every system has two pods. */
const KINDS: Readonly<Record<string, Partial<Effect>>> = {
  errors: { errorShare: 0.5 },
  latency: { slowness: 40 },
  down: { downPods: [0, 1] },
};

type Asked =
  { readonly system: string; readonly incident: Incident } | { readonly refused: string };

/**
 * An incident asked for in words: `POST /incident?system=petswipe&kind=errors&for=10m`.
 *
 * @param systems those there are
 * @param from epoch seconds at which it begins
 */
export function namedStrike(
  query: URLSearchParams,
  systems: readonly string[],
  from: number,
): Asked {
  const known = ['system', 'kind', 'for'];
  const unknown = [...query.keys()].find((key) => !known.includes(key));
  if (unknown !== undefined) {
    return { refused: `unknown parameter ${unknown}; allowed are ${known.join(', ')}` };
  }
  const system = query.get('system') ?? '';
  if (!systems.includes(system)) return refusal('system', system, systems.join(', '));
  const kind = query.get('kind') ?? '';
  const effect = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  if (effect === undefined) return refusal('kind', kind, Object.keys(KINDS).join(', '));
  const length = query.get('for') ?? '';
  const [, count, unit = ''] = /^(\d{1,5})([smh])$/.exec(length) ?? [];
  const seconds = Number(count) * (UNIT_SECONDS[unit] ?? 0);
  if (!(seconds >= 1 && seconds <= LONGEST_SECONDS)) {
    return refusal('for', length, 'seconds, minutes or hours such as 90s, 10m or 2h, up to a day');
  }
  return { system, incident: { what: `${kind} asked for`, from, to: from + seconds, effect } };
}

function refusal(name: string, value: string, allowed: string): Asked {
  return { refused: `${name} is ${JSON.stringify(value)}; allowed is ${allowed}` };
}
