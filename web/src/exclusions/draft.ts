import type { CreateExclusion } from '../../../src/exclusions/exclusions.dto';
import { NO_RULE, type RuleDraft, ruleText } from './rule';
import { instantOf, type WallTime, wallOf } from '../settings/clocks';

/** An exclusion as a form has it: everything text, times on the clocks of `timeZone`. */
export interface Draft {
  readonly scope: 'slo' | 'service' | 'label';
  readonly slo: string;
  readonly service: string;
  readonly label: string;
  /** Label values of a group, `NAME=VALUE`, a line each; empty for all groups. Values are as they are. */
  readonly group: string;
  readonly repeats: boolean;
  readonly from: WallTime;
  readonly to: WallTime;
  readonly duration: string;
  readonly rule: RuleDraft;
  readonly timeZone: string;
  readonly treatment: 'drop' | 'countGood';
  readonly reason: string;
  readonly author: string;
}

/** Fields that must not be left empty, or half written. */
export type Missing =
  'scope' | 'group' | 'from' | 'to' | 'duration' | 'rrule' | 'reason' | 'author';

const HOUR_MS = 3_600_000;

/** What a form begins with: the hour that begins now, of one SLO. */
export function newDraft(now: number, timeZone: string, given: Partial<Draft> = {}): Draft {
  return {
    ...{ scope: 'slo', slo: '', service: '', label: '', group: '' },
    ...{ repeats: false, from: wallOf(now, timeZone), to: wallOf(now + HOUR_MS, timeZone) },
    ...{ duration: '1h', rule: NO_RULE, timeZone, treatment: 'drop', reason: '', author: '' },
    ...given,
  };
}

/** The same times on other clocks: 02:00 stays the instant that it was. */
export function onClocksOf(draft: Draft, timeZone: string): Draft {
  const moved = (wall: WallTime) => {
    const at = instantOf(wall, draft.timeZone);
    return at === null ? wall : wallOf(at, timeZone);
  };
  return { ...draft, timeZone, from: moved(draft.from), to: moved(draft.to) };
}

/** @param mustSayWho where no token tells who asks */
export function missingIn(draft: Draft, mustSayWho: boolean): readonly Missing[] {
  const { scope, group, from, to, duration, repeats, timeZone, reason, author } = draft;
  const isMissing: Readonly<Record<Missing, boolean>> = {
    scope: draft[scope].trim() === '',
    group: linesOf(group).some((line) => line.indexOf('=') < 1),
    from: instantOf(from, timeZone) === null,
    to: !repeats && instantOf(to, timeZone) === null,
    duration: repeats && duration.trim() === '',
    rrule: repeats && ruleText(draft.rule, from, timeZone) === '',
    reason: reason.trim() === '',
    author: mustSayWho && author.trim() === '',
  };
  return (Object.keys(isMissing) as Missing[]).filter((field) => isMissing[field]);
}

/** What is sent of a draft that misses nothing. */
export function bodyOf(draft: Draft): CreateExclusion {
  const { scope, from, to, repeats, timeZone, rule, treatment, group } = draft;
  const groups = linesOf(group);
  return {
    [scope]: draft[scope].trim(),
    ...(groups.length > 0 && { group: Object.fromEntries(groups.map(pairOf)) }),
    from: rfc3339(from, timeZone),
    ...(repeats
      ? { rrule: ruleText(rule, from, timeZone), duration: draft.duration.trim(), timeZone }
      : { to: rfc3339(to, timeZone) }),
    ...{ treatment, reason: draft.reason.trim() },
    ...(draft.author.trim() !== '' && { author: draft.author.trim() }),
  };
}

function linesOf(group: string): readonly string[] {
  return group.split(/\r?\n/).filter((line) => line.trim() !== '');
}

function pairOf(line: string): readonly [string, string] {
  const at = line.indexOf('=');
  return [line.slice(0, at).trim(), line.slice(at + 1)];
}

function rfc3339(wall: WallTime, timeZone: string): string {
  return new Date(instantOf(wall, timeZone) ?? Number.NaN).toISOString().replace('.000Z', 'Z');
}
