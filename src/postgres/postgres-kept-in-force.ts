import { type DataSource, IsNull, Not } from 'typeorm';
import { type KeptDefinition, KeptInForce } from '../definitions/kept-in-force';
import { DefinitionRevisionRow } from './definition-revision.entity';
import { reached } from './reached';

/** The definition revisions in force that files brought, in PostgreSQL. */
export class PostgresKeptInForce extends KeptInForce {
  constructor(private readonly source: DataSource) {
    super();
  }

  async byFiles(): Promise<readonly KeptDefinition[]> {
    const rows = await reached(() =>
      this.source.getRepository(DefinitionRevisionRow).find({
        select: { origin: true, text: true },
        where: { validTo: IsNull(), byApi: false, text: Not(IsNull()) },
        order: { id: 'asc' },
      }),
    );
    return rows.flatMap(({ origin, text }) =>
      text === null ? [] : [{ ...placeOf(origin), text }],
    );
  }
}

/** An origin is `file:line`, and a file's name may hold a colon. */
function placeOf(origin: string): Pick<KeptDefinition, 'file' | 'line'> {
  const colon = origin.lastIndexOf(':');
  return { file: origin.slice(0, colon), line: Number(origin.slice(colon + 1)) };
}
