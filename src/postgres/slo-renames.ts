import type { EntityManager } from 'typeorm';
import type { ChangedBy } from '../ledger/definition-history';
import { audit } from './definition-succession';

interface Rename {
  readonly service: string;
  readonly name: string;
  readonly renamedFrom: string;
}

/**
 * Gives the streams of names that are gone to the SLOs that are in force as renamed from them. Each
 * rename is done once; as long as the earlier name is still defined it waits.
 */
export async function settleRenames(
  manager: EntityManager,
  now: number,
  by: ChangedBy,
): Promise<void> {
  const wanted = await manager.query<Rename[]>(
    `select r.service, r.name, r.spec->>'renamedFrom' as "renamedFrom"
     from definition_revision r
     where r.valid_to is null and r.spec ? 'renamedFrom'
       and not exists (
         select from definition_revision o
         where o.valid_to is null and o.service = split_part(r.spec->>'renamedFrom', '/', 1)
           and o.name = split_part(r.spec->>'renamedFrom', '/', 2)
       )
     order by r.id`,
  );
  for (const rename of wanted) await settle(manager, rename, now, by);
}

async function settle(
  manager: EntityManager,
  { service, name, renamedFrom }: Rename,
  now: number,
  by: ChangedBy,
): Promise<void> {
  const [fromService = '', fromName = ''] = renamedFrom.split('/');
  const names = [service, name, fromService, fromName];
  if (await isSettled(manager, names)) return;
  const streams = await moveStreams(manager, names);
  await moveWantedHistory(manager, names);
  await manager.query(
    `insert into slo_rename (service, name, from_service, from_name, at)
     values ($1, $2, $3, $4, to_timestamp($5))`,
    [...names, now],
  );
  await audit(manager, by, 'rename', `${service}/${name}`, {
    before: { slo: renamedFrom },
    after: { slo: `${service}/${name}`, streams },
  });
}

/** Done already and not turned round since, or without anything that could be moved. */
async function isSettled(manager: EntityManager, names: readonly string[]): Promise<boolean> {
  const [last] = await manager.query<{ done: boolean }[]>(
    `select (service, name) = ($1, $2) as done from slo_rename
     where (service, name, from_service, from_name) in (($1, $2, $3, $4), ($3, $4, $1, $2))
     order by id desc limit 1`,
    [...names],
  );
  if (last?.done === true) return true;
  const known = await manager.query<unknown[]>(
    `select from definition_revision where (service, name) = ($1, $2)
     union all select from stream where (service, name) = ($1, $2) limit 1`,
    names.slice(2),
  );
  return known.length === 0;
}

/**
 * A tick may have begun streams under the new name before the rename was recorded: where they know
 * less than those under the earlier name, the two change places. What knows more stays where it is.
 * It counts as a correction, so that replicas read again what they remember of these streams.
 *
 * @returns how many streams go on under the new name
 */
async function moveStreams(manager: EntityManager, names: readonly string[]): Promise<number> {
  // In the order in which writers of points lock them.
  await manager.query(
    `select from stream where (service, name) in (($1, $2), ($3, $4)) order by id for update`,
    [...names],
  );
  const aside = await manager.query<[{ id: number }[], number]>(
    `update stream n set name = '/' || n.id, corrections = n.corrections + 1
     from stream o
     where (n.service, n.name) = ($1, $2) and (o.service, o.name) = ($3, $4)
       and n.revision = o.revision and n."group" = o."group"
       and o.oldest_at <= n.oldest_at and o.newest_at >= n.newest_at - interval '1 hour'
     returning n.id`,
    [...names],
  );
  const moved = await manager.query<[{ id: number }[], number]>(
    `update stream o set service = $1, name = $2, corrections = o.corrections + 1
     where (o.service, o.name) = ($3, $4) and not exists (
       select from stream n
       where (n.service, n.name) = ($1, $2) and n.revision = o.revision and n."group" = o."group"
     )
     returning o.id`,
    [...names],
  );
  await manager.query(`update stream set service = $1, name = $2 where id = any($3)`, [
    ...names.slice(2),
    aside[0].map(({ id }) => id),
  ]);
  return moved[0].length;
}

/** What was asked for under the new name stands. */
async function moveWantedHistory(manager: EntityManager, names: readonly string[]): Promise<void> {
  await manager.query(
    `update wanted_history o set service = $1, name = $2
     where (o.service, o.name) = ($3, $4) and not exists (
       select from wanted_history n where (n.service, n.name) = ($1, $2) and n.revision = o.revision
     )`,
    [...names],
  );
}

/**
 * `names`: each root's own name and those it had before, with the instant up to which they were its
 * own. `roots` gives service and name.
 */
export function earlierNames(roots: string): string {
  return `with recursive names(root_service, root_name, service, name, until, before_id) as (
    select r.service, r.name, r.service, r.name, 'infinity'::timestamptz, 2147483647
    from (${roots}) as r(service, name)
    union all
    select n.root_service, n.root_name, r.from_service, r.from_name, r.at, r.id
    from names n
    join slo_rename r on r.service = n.service and r.name = n.name and r.id < n.before_id
  )`;
}
