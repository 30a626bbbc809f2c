import { DateTime } from 'luxon';
import { RRuleTemporal } from 'rrule-temporal';
import { DAY_SECONDS } from './duration';
import type { ExcludedWhen, RepeatedlyExcluded } from './exclusion';
import { InvalidValue } from './invalid-value';
import { untilInstant } from './recurrence-rule';
import type { Span } from './slo-window';

/**
 * When an exclusion is in effect, as far as it overlaps a span; ascending by their beginnings.
 *
 * A recurring one begins at the same time of day in its zone, winter and summer. A time that clocks
 * skip begins as much later as they do (02:30 becomes 03:30), one that they repeat begins with the
 * first; each lasts its whole duration. `FREQ=WEEKLY;BYDAY=SU` from 02:00 in Berlin, 2 h: 01:00 to
 * 03:00 UTC in winter, 00:00 to 02:00 UTC in summer.
 *
 * @param when its rule as `readRule` gives it
 */
export function occurrencesOf(when: ExcludedWhen, within: Span): readonly Span[] {
  if (when.kind === 'once') return overlaps(when, within) ? [{ from: when.from, to: when.to }] : [];
  const first = blockOf(within.from - when.durationSeconds);
  const found: Span[] = [];
  for (let block = first; block <= blockOf(within.to); block += 1) {
    found.push(...inBlock(when, block).filter((span) => overlaps(span, within)));
  }
  return found;
}

/** @throws InvalidValue for a rule that never comes to pass, such as every 30 February */
export function checkOccurs(when: RepeatedlyExcluded): void {
  if (beginsAtAll(when)) return;
  throw new InvalidValue('rrule', when.rrule, 'a rule that comes to pass after its beginning');
}

/** Rules are asked about the same weeks every minute, and answering takes a while. */
const BLOCK_SECONDS = 32 * DAY_SECONDS;
const known = new WeakMap<RepeatedlyExcluded, Map<number, readonly Span[]>>();

function blockOf(at: number): number {
  return Math.floor(at / BLOCK_SECONDS);
}

/** Those that begin within a block. */
function inBlock(when: RepeatedlyExcluded, block: number): readonly Span[] {
  const blocks = known.get(when) ?? new Map<number, readonly Span[]>();
  known.set(when, blocks);
  const found = blocks.get(block) ?? beginning(when, block * BLOCK_SECONDS, BLOCK_SECONDS);
  blocks.set(block, found);
  return found;
}

function beginning(when: RepeatedlyExcluded, from: number, seconds: number): readonly Span[] {
  const to = from + seconds;
  if (to <= when.from) return [];
  // No zone is further from UTC than a day.
  const [after, before] = [from - DAY_SECONDS, to + DAY_SECONDS];
  const wall = ruleOf(when).between(new Date(after * 1000), new Date(before * 1000), true);
  return wall
    .map(({ epochMilliseconds }) => instantOf(epochMilliseconds / 1000, when.timeZone))
    .filter((start) => start >= from && start < to)
    .map((start) => ({ from: start, to: start + when.durationSeconds }));
}

function beginsAtAll(when: RepeatedlyExcluded): boolean {
  try {
    const start = new Date(wallClock(when.from, when.timeZone) * 1000);
    return ruleOf(when).next(start, true) !== null;
  } catch (error) {
    // It looks through thousands of periods before it gives up.
    if (error instanceof Error) return false;
    throw error;
  }
}

/**
 * The rule on the zone's wall clock, taken for UTC: what clocks skip would otherwise be left out, and
 * with it the night's maintenance.
 */
function ruleOf({ rrule, from, timeZone }: RepeatedlyExcluded): RRuleTemporal {
  const start = stamp(wallClock(from, timeZone));
  const rule = rrule.replace(/UNTIL=([^;]+)/, (_, until: string) => {
    return `UNTIL=${stamp(wallClock(untilInstant(until) ?? 0, timeZone))}`;
  });
  return new RRuleTemporal({ rruleString: `DTSTART:${start}\nRRULE:${rule}`, strict: true });
}

/** The time of day there, as the epoch seconds at which clocks in UTC show it. */
function wallClock(at: number, zone: string): number {
  return DateTime.fromSeconds(at, { zone }).setZone('utc', { keepLocalTime: true }).toSeconds();
}

function instantOf(wall: number, zone: string): number {
  const local = DateTime.fromSeconds(wall, { zone: 'utc' }).setZone(zone, { keepLocalTime: true });
  return (local.getPossibleOffsets()[0] ?? local).toSeconds();
}

/** `20261120T120000Z` */
function stamp(at: number): string {
  return new Date(Math.floor(at) * 1000).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

function overlaps(a: Span, b: Span): boolean {
  return a.from < b.to && a.to > b.from;
}
