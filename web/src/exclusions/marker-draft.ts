import type { CreateMarker } from '../../../src/exclusions/markers.dto';
import { instantOf, type WallTime } from '../settings/clocks';

/** A marker as a form has it. */
export interface MarkerDraft {
  readonly kind: CreateMarker['kind'];
  readonly at: WallTime;
  readonly end: WallTime;
  readonly text: string;
  /** `service/name`, a service, or empty for everything. */
  readonly about: string;
  readonly link: string;
}

export function missingInMarker(
  { at, text }: MarkerDraft,
  timeZone: string,
): readonly ('at' | 'text')[] {
  return [
    ...(instantOf(at, timeZone) === null ? (['at'] as const) : []),
    ...(text.trim() === '' ? (['text'] as const) : []),
  ];
}

/** What is sent of one that misses nothing. */
export function markerBody(draft: MarkerDraft, timeZone: string): CreateMarker {
  const [about, link] = [draft.about.trim(), draft.link.trim()];
  const [at, end] = [instantOf(draft.at, timeZone), instantOf(draft.end, timeZone)];
  return {
    kind: draft.kind,
    at: new Date(at ?? Number.NaN).toISOString(),
    ...(end !== null && { end: new Date(end).toISOString() }),
    text: draft.text.trim(),
    ...(about !== '' && { [about.includes('/') ? 'slo' : 'service']: about }),
    ...(link !== '' && { link }),
  };
}
