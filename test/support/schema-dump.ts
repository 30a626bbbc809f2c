import type { Session } from '../../src/postgres/database';

/** Row options, partition key and comment of a table, then its columns, one line each. */
const TABLES = `
  select format(E'table %s%s%s%s\\n%s', c.relname,
    ' partition by ' || pg_get_partkeydef(c.oid),
    ' with (' || array_to_string(c.reloptions, ', ') || ')',
    E'\\n  -- ' || obj_description(c.oid, 'pg_class'),
    (select string_agg(format('  %s %s%s%s%s%s', quote_ident(a.attname), format_type(a.atttypid, a.atttypmod),
        case when a.attnotnull then ' not null' else '' end,
        ' default ' || pg_get_expr(d.adbin, d.adrelid),
        case a.attidentity when 'a' then ' generated always as identity' else '' end,
        E'\\n    -- ' || col_description(c.oid, a.attnum)), E'\\n' order by a.attnum)
     from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
     where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped))
  from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
  order by c.relname`;

/** Not-null constraints are told with their columns; newer servers list them here, too. */
const CONSTRAINTS = `
  select format('constraint %s on %s %s', n.conname, n.conrelid::regclass, pg_get_constraintdef(n.oid))
  from pg_constraint n join pg_class c on c.oid = n.conrelid
  where n.connamespace = 'public'::regnamespace and n.contype <> 'n' and not c.relispartition
  order by n.conrelid::regclass::text, n.conname`;

const INDEXES = `
  select pg_get_indexdef(i.indexrelid)
  from pg_index i join pg_class c on c.oid = i.indexrelid
  where c.relnamespace = 'public'::regnamespace and not c.relispartition
    and not exists (select from pg_constraint n where n.conindid = i.indexrelid)
  order by c.relname`;

const FUNCTIONS = `
  select format(E'%s  -- executable by: %s\\n', pg_get_functiondef(p.oid),
    coalesce((select string_agg(case when a.grantee = 0 then 'everybody' else 'its owner' end, ', ' order by a.grantee)
       from aclexplode(p.proacl) a), 'everybody'))
  from pg_proc p where p.pronamespace = 'public'::regnamespace order by p.proname`;

const TRIGGERS = `
  select pg_get_triggerdef(t.oid)
  from pg_trigger t join pg_class c on c.oid = t.tgrelid
  where c.relnamespace = 'public'::regnamespace and not t.tgisinternal and not c.relispartition
  order by c.relname, t.tgname`;

/**
 * The schema as the catalogs tell it, for people to review and for a test to compare: the embedded
 * PostgreSQL has no pg_dump. Partitions are left out, they come and go.
 */
export async function schemaDump(session: Session): Promise<string> {
  const parts: string[] = [];
  for (const sql of [TABLES, CONSTRAINTS, INDEXES, TRIGGERS, FUNCTIONS]) {
    const rows = await session.rows<[string]>(sql);
    parts.push(rows.map(([text]) => text).join('\n'));
  }
  return `${parts.join('\n\n').trimEnd()}\n`;
}
