import type { CallerIs } from '../auth/caller';
import { scopeName } from '../domain/exclusion-scope';
import {
  type Marker,
  type MarkerFilter,
  type MarkerKind,
  type MarkerPlace,
  MarkerStore,
  type NewMarker,
} from '../exclusions/marker-store';
import { writeAudit } from './audit-rows';
import type { Database } from './database';

type Row = readonly [
  id: string,
  kind: MarkerKind,
  at: number,
  end: number | null,
  text: string,
  service: string | null,
  name: string | null,
  labels: Readonly<Record<string, string>>,
  link: string | null,
  createdAt: number,
  createdBy: string,
];

const COLUMNS = `id::text, kind, extract(epoch from at)::float8, extract(epoch from ends_at)::float8,
  text, service, name, labels, link, extract(epoch from created_at)::float8, created_by`;

/** The table `marker`, to which rows are only ever added. */
export class PostgresMarkers extends MarkerStore {
  /** @param now epoch seconds that markers are recorded with */
  constructor(
    private readonly database: Database,
    private readonly now: () => number,
  ) {
    super();
  }

  add(marker: NewMarker, { id: actor, requestId, address }: CallerIs): Promise<Marker> {
    const { kind, at, end, text, service, name, labels, link } = marker;
    return this.database.transaction(async (session) => {
      const [row] = await session.rows<Row>(
        `insert into marker (kind, at, ends_at, text, service, name, labels, link, created_at,
           created_by)
         values ($1, to_timestamp($2), to_timestamp($3), $4, $5, $6, $7::jsonb, $8,
           to_timestamp($9), $10)
         returning ${COLUMNS}`,
        [kind, at, end, text, service, name, JSON.stringify(labels), link, this.now(), actor],
      );
      if (row === undefined) throw new Error('a marker was not written');
      const added = markerOf(row);
      const after = { ...marker, id: added.id };
      const subject = subjectOf(marker);
      await writeAudit(session, {
        ...{ actor, action: 'mark', subject, before: null, after, requestId, address },
      });
      return added;
    });
  }

  async list(
    { from, to, kind, service, name }: MarkerFilter,
    after: MarkerPlace | null,
    limit: number,
  ): Promise<readonly Marker[]> {
    const rows = await this.database.rows<Row>(
      `select ${COLUMNS} from marker
       where ($1::float8 is null or coalesce(ends_at, at) >= to_timestamp($1))
         and ($2::float8 is null or at <= to_timestamp($2))
         and ($3::text is null or kind = $3)
         and ($4::text is null or service is null or service = $4)
         and ($5::text is null or name is null or name = $5)
         and ($6::float8 is null or (at, id) < (to_timestamp($6 / 1000), $7::bigint))
       order by at desc, marker.id desc limit $8`,
      [
        ...[from ?? null, to ?? null, kind ?? null, service ?? null, name ?? null],
        ...[after?.at ?? null, after?.id ?? null, limit],
      ],
    );
    return rows.map(markerOf);
  }
}

function subjectOf({ service, name }: NewMarker): string {
  if (service === null) return 'everything';
  return scopeName(name === null ? { kind: 'service', service } : { kind: 'slo', service, name });
}

function markerOf(row: Row): Marker {
  const [id, kind, at, end, text, service, name, labels, link, createdAt, createdBy] = row;
  return { id, kind, at, end, text, service, name, labels, link, createdAt, createdBy };
}
