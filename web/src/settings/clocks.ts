/** `2026-11-20T01:00`, as a field for date and time holds it. */
export type WallTime = string;

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const WALL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;

/** What clocks in a zone show at an instant, to the minute. */
export function wallOf(ms: number, timeZone: string): WallTime {
  const whole = Math.floor(ms / MINUTE_MS) * MINUTE_MS;
  return new Date(whole + offsetAt(whole, timeZone)).toISOString().slice(0, 16);
}

/**
 * The instant at which clocks in a zone show a time. One that they repeat is the first; one that they
 * skip is as much later as they skip: 02:30 in Berlin is 03:30 on the night in which summer begins.
 *
 * @returns milliseconds since 1970, null for what is no time
 */
export function instantOf(wall: WallTime, timeZone: string): number | null {
  const asUtc = WALL.test(wall) ? Date.parse(`${wall.slice(0, 16)}Z`) : Number.NaN;
  if (Number.isNaN(asUtc)) return null;
  const before = offsetAt(asUtc - DAY_MS, timeZone);
  const after = offsetAt(asUtc + DAY_MS, timeZone);
  const shows = (offset: number) => offsetAt(asUtc - offset, timeZone) === offset;
  return asUtc - (shows(before) || !shows(after) ? before : after);
}

/** The clocks of this machine. */
export function localZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** How far clocks are ahead of UTC; to the minute, as they are since 1972. */
function offsetAt(ms: number, timeZone: string): number {
  const parts = partsFormat(timeZone).formatToParts(ms);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const shown = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'));
  return shown - Math.floor(ms / MINUTE_MS) * MINUTE_MS;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function partsFormat(timeZone: string): Intl.DateTimeFormat {
  const found =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-US', {
      ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit' },
      ...{ hour: '2-digit', minute: '2-digit' },
    });
  formats.set(timeZone, found);
  return found;
}
