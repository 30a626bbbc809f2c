import { parseSeconds } from '../domain/duration';
import { InvalidValue } from '../domain/invalid-value';
import { KNOWN_POLICIES } from '../domain/known-policies';
import { type RehearsedPolicy, type RehearsedTier, settledTier } from '../domain/rehearsed-policy';
import type { Slo } from '../domain/slo';
import { windowSeconds } from '../domain/slo-window';
import { InvalidInput } from '../http/invalid-input';
import type { RehearsedPolicyBody, RehearsedTierBody } from './rehearse.dto';

export const IN_FORCE = 'in-force';
const USUAL = [IN_FORCE, 'workbook', 'sloth', 'pyrra', 'grafana'];
/** History is read from so far before the time that is replayed. */
const LONGEST_WINDOW_SECONDS = 35 * 86_400;

/** A policy as it was asked about: null tells the one in force. */
export interface PolicyAsked {
  readonly name: string;
  readonly policy: RehearsedPolicy | null;
  /** Why it cannot be rehearsed; null where it can. */
  readonly reason: string | null;
}

/**
 * The policies of a request, or the usual ones.
 *
 * @param at epoch seconds: factors are checked for the window of this instant
 * @throws InvalidInput that lists every fault with its place
 */
export function policiesAsked(
  slo: Slo,
  bodies: readonly RehearsedPolicyBody[] | undefined,
  at: number,
): readonly PolicyAsked[] {
  const seconds = windowSeconds(slo.window, at);
  if (bodies === undefined) return USUAL.map((name) => known(name, {}, seconds));
  const faults: InvalidInput['errors'][number][] = [];
  const names = new Set<string>();
  const asked = bodies.flatMap((body, k): readonly PolicyAsked[] => {
    const place = `policies[${k}]`;
    const { name, tiers, ...guards } = body;
    if (names.has(name)) {
      faults.push({ field: `${place}.name`, value: name, allowed: 'a name once' });
    }
    names.add(name);
    if (tiers !== undefined) {
      const written = tiers.map((tier, t) => read(tier, `${place}.tiers[${t}]`, seconds, faults));
      return [{ name, policy: { name, tiers: written.flat(), ...guards }, reason: null }];
    }
    if (name === IN_FORCE && Object.keys(guards).length > 0) {
      const allowed = 'another name, since the guards in force are those of the definition';
      faults.push({ field: `${place}.name`, value: name, allowed });
    }
    if (name === IN_FORCE || KNOWN_POLICIES.some((each) => each.name === name)) {
      return [known(name, guards, seconds)];
    }
    const all = [IN_FORCE, ...KNOWN_POLICIES.map((each) => each.name)].join(', ');
    const allowed = `tiers, unless the name is one of ${all}`;
    faults.push({ field: `${place}.tiers`, value: null, allowed });
    return [];
  });
  if (faults.length > 0) throw new InvalidInput(faults);
  return asked;
}

type Guards = Pick<RehearsedPolicyBody, 'minEvents' | 'minBadEvents'>;

function known(name: string, guards: Guards, seconds: number): PolicyAsked {
  const policy = KNOWN_POLICIES.find((each) => each.name === name);
  if (policy === undefined) return { name, policy: null, reason: null };
  const tiers = policy.tiers(seconds);
  if (typeof tiers === 'string') return { name, policy: null, reason: tiers };
  return { name, policy: { name, tiers, ...guards }, reason: null };
}

function read(
  body: RehearsedTierBody,
  place: string,
  periodSeconds: number,
  faults: InvalidInput['errors'][number][],
): readonly RehearsedTier[] {
  const before = faults.length;
  const attempt = <T>(field: keyof RehearsedTierBody, make: () => T): T | null => {
    try {
      return make();
    } catch (error) {
      if (!(error instanceof InvalidValue)) throw error;
      faults.push({
        field: `${place}.${field}`,
        value: body[field] ?? null,
        allowed: error.allowed,
      });
      return null;
    }
  };
  const longSeconds = attempt('long', () => windowOf(body.long));
  const shortSeconds = attempt('short', () => windowOf(body.short));
  const wait = body.for;
  const forSeconds = wait === undefined ? 0 : attempt('for', () => parseSeconds(wait));
  const { share, factor, severity = null } = body;
  if (share !== undefined && factor !== undefined) {
    const allowed = 'share or factor, since one gives the other';
    faults.push({ field: `${place}.share`, value: share, allowed });
  }
  if (faults.length > before || longSeconds === null || shortSeconds === null) return [];
  const tier: RehearsedTier = {
    ...{ kind: body.kind, severity, longSeconds, shortSeconds, forSeconds: forSeconds ?? 0 },
    fires: factor === undefined ? { share: share ?? '' } : { factor },
  };
  const wrong = longSeconds <= shortSeconds ? 'short' : factor === undefined ? 'share' : 'factor';
  return attempt(wrong, () => settledTier(tier, '', periodSeconds)) === null ? [] : [tier];
}

function windowOf(text: string): number {
  const seconds = parseSeconds(text);
  if (seconds <= LONGEST_WINDOW_SECONDS) return seconds;
  throw new InvalidValue('window', text, 'up to 35d');
}
