import type { CallerIs } from '../auth/caller';

export type MarkerKind = 'deploy' | 'incident' | 'other';

export const MARKER_KINDS: readonly MarkerKind[] = ['deploy', 'incident', 'other'];

/** Something that happened, to be seen beside figures; it changes none. Times in epoch seconds. */
export interface NewMarker {
  readonly kind: MarkerKind;
  readonly at: number;
  /** Null for what has no length, or has not ended yet. */
  readonly end: number | null;
  readonly text: string;
  /** Null: it is about everything. */
  readonly service: string | null;
  /** Null: it is about all of its service. */
  readonly name: string | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly link: string | null;
}

export interface Marker extends NewMarker {
  readonly id: string;
  readonly createdAt: number;
  readonly createdBy: string;
}

export interface MarkerFilter {
  /** Those that touch the time from here on, epoch seconds. */
  readonly from?: number | undefined;
  /** And up to here. */
  readonly to?: number | undefined;
  readonly kind?: MarkerKind | undefined;
  /** About this service or one of its SLOs; and about everything. */
  readonly service?: string | undefined;
  /** Of a service that is named: about this SLO, about all of the service, or about everything. */
  readonly name?: string | undefined;
}

/** Where a page of markers ended. */
export interface MarkerPlace {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly id: string;
}

/** What people and pipelines marked. */
export abstract class MarkerStore {
  /** With an audit row. */
  abstract add(marker: NewMarker, by: CallerIs): Promise<Marker>;

  /** The latest first, behind a place, at most so many. */
  abstract list(
    filter: MarkerFilter,
    after: MarkerPlace | null,
    limit: number,
  ): Promise<readonly Marker[]>;
}
