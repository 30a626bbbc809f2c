import { sloId } from '../domain/slo';
import type { CollectionLog } from './collection-log';
import type { CounterSource } from './counter-reader';
import type { Due } from './live-collector';
import type { HeldUnit } from './ordinary-round';
import { doubtfulPart } from './part-check';
import { type SeriesSource, SourceFailure } from './series-source';

/** Selectors without series are looked for this often. */
const LOOK_EVERY_SECONDS = 3_600;
/** The others have their turn in the next ticks. */
const MOST_A_TICK = 20;

/** Looks after selectors whose series never came: a slip in one would look like a perfect service. */
export async function lookAtParts(
  sourceFor: (datasource: string, source: SeriesSource) => CounterSource,
  source: SeriesSource,
  held: readonly HeldUnit[],
  due: Due,
  log: CollectionLog,
): Promise<void> {
  const since = due.end - LOOK_EVERY_SECONDS;
  const wanted = held.filter(
    ({ unit: { slo } }) => slo.sli.kind === 'ratio' && log.wantsLook(sloId(slo), since),
  );
  for (const { unit } of wanted.slice(0, MOST_A_TICK)) {
    const id = sloId(unit.slo);
    try {
      const doubt = await doubtfulPart(sourceFor(unit.slo.datasource, source), unit.slo, due.now);
      if (doubt === null) log.undoubted(id, due.end);
      else log.doubted(id, doubt, due.end);
    } catch (error) {
      // A source that does not answer is told of by whoever wants its steps.
      if (!(error instanceof SourceFailure)) throw error;
      return;
    }
  }
}
