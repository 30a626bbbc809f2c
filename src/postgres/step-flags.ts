import type { AwaitedStep } from '../ledger/ledger';
import type { AwaitedFlag, StepFlag } from '../ledger/step';
import type { Session } from './database';
import { numbers } from './sql-array';

export interface FlaggedStep {
  readonly streamId: number;
  readonly at: number;
  readonly flags: readonly StepFlag[];
}

/** Of a step's flags as one text of an array parameter, which cannot hold arrays of unequal length. */
export function flagText(flags: readonly StepFlag[]): string {
  return [...new Set(flags)].sort().join(',');
}

/** Replaces the flags of steps; a step without any has no row. */
export async function writeFlags(session: Session, steps: readonly FlaggedStep[]): Promise<void> {
  const none = steps.filter((step) => step.flags.length === 0);
  const some = steps.filter((step) => step.flags.length > 0);
  if (none.length > 0) {
    await session.rows(
      `delete from step_flag f using unnest($1::integer[], $2::float8[]) as d(id, at)
       where f.t = to_timestamp(d.at) and f.stream_id = d.id`,
      [numbers(none.map((step) => step.streamId)), numbers(none.map((step) => step.at))],
    );
  }
  if (some.length > 0) {
    await session.rows(
      `insert into step_flag (t, stream_id, flags)
       select to_timestamp(f.at), f.id, string_to_array(f.flags, ',')
       from unnest($1::integer[], $2::float8[], $3::text[]) as f(id, at, flags)
       on conflict (t, stream_id) do update set flags = excluded.flags`,
      [
        numbers(some.map((step) => step.streamId)),
        numbers(some.map((step) => step.at)),
        some.map((step) => flagText(step.flags)),
      ],
    );
  }
}

export async function awaitedSteps(
  session: Session,
  since: number,
): Promise<readonly AwaitedStep[]> {
  const rows = await session.rows<[number, number, AwaitedFlag]>(
    `select f.stream_id, extract(epoch from f.t)::float8,
       case when 'missing' = any(f.flags) then 'missing' else 'provisional' end
     from step_flag f
     where f.t >= to_timestamp($1) and f.flags && array['missing', 'provisional']
     order by f.t, f.stream_id`,
    [since],
  );
  return rows.map(([streamId, at, flag]) => ({ streamId, at, flag }));
}
