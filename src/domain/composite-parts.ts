import {
  type CompositePart,
  type CompositeSlo,
  isComposite,
  type Slo,
  sliceSecondsOf,
  sloId,
} from './slo';
import { formatSeconds } from './duration';
import type { SloWindow } from './slo-window';

/**
 * Why a composite cannot be made of a part as it is defined, in words that follow its name; null
 * when it can.
 */
export function partComplaint(slo: CompositeSlo, part: CompositePart, defined: Slo): string | null {
  return (
    windowComplaint(slo, defined) ?? sliceComplaint(slo, defined) ?? groupComplaint(part, defined)
  );
}

/** The same, but for what only keeps history from reaching as far back as it should. */
export function countingComplaint(
  slo: CompositeSlo,
  part: CompositePart,
  defined: Slo,
): string | null {
  return sliceComplaint(slo, defined) ?? groupComplaint(part, defined);
}

/**
 * How a composite comes back to itself, `a/x -> a/y -> a/x`; null when it does not. One that only
 * contains a part that does has no cycle of its own.
 */
export function cycleThrough(
  slo: CompositeSlo,
  find: (id: string) => Slo | undefined,
): readonly string[] | null {
  const start = sloId(slo);
  const seen = new Set<string>();
  const wayFrom = (from: CompositeSlo): readonly string[] | null => {
    for (const part of from.sli.parts) {
      const id = sloId(part);
      if (id === start) return [sloId(from), start];
      const next = find(id);
      if (next === undefined || !isComposite(next) || seen.has(id)) continue;
      seen.add(id);
      const way = wayFrom(next);
      if (way !== null) return [sloId(from), ...way];
    }
    return null;
  };
  return wayFrom(slo);
}

/** A part's history is read as far back as its own window needs it. */
function windowComplaint(slo: Slo, part: Slo): string | null {
  const [own, other] = [windowText(slo.window), windowText(part.window)];
  if (own === other) return null;
  return `is ${sloId(part)} with the window ${other}, allowed: the window of the composite, ${own}`;
}

function sliceComplaint(slo: Slo, part: Slo): string | null {
  const [own, other] = [sliceSecondsOf(slo), sliceSecondsOf(part)];
  if (other === 0 || own % other === 0) return null;
  return `is ${sloId(part)} with slices of ${formatSeconds(other)}, allowed: slices that divide those of the composite, ${formatSeconds(own)}`;
}

function groupComplaint({ group }: CompositePart, part: Slo): string | null {
  if (group === null) return null;
  const { groupBy } = part;
  const names = Object.keys(group);
  if (names.length === groupBy.length && groupBy.every((label) => names.includes(label))) {
    return null;
  }
  const allowed = groupBy.length === 0 ? 'none, since it has no groups' : groupBy.join(', ');
  return `is ${sloId(part)} with the labels ${names.join(', ')}, allowed: ${allowed}`;
}

function windowText(window: SloWindow): string {
  if (window.kind === 'rolling') return formatSeconds(window.seconds);
  return `${window.unit} in ${window.timeZone}`;
}
