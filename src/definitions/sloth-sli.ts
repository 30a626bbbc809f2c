import type { Field } from './foreign-field';
import {
  countsSli,
  type ForeignQuery,
  foreignQuery,
  type ForeignSli,
  mustHoldWindow,
  ratioSli,
} from './foreign-sli';

/** `events`, `raw` or `plugin`. */
export function readSlothSli(sli: Field): ForeignSli | null {
  const events = sli.at('events').mapping();
  const raw = sli.at('raw').mapping();
  const plugin = sli.at('plugin');
  const kinds = [events, raw, plugin].filter(({ present }) => present);
  if (kinds.length !== 1) {
    const held = sli.keys().length === 0 ? 'nothing' : sli.keys().join(', ');
    sli.error(`sli holds ${held}, allowed: exactly one of events, raw`);
    return null;
  }
  if (events.present) return readEvents(events);
  if (raw.present) {
    const query = windowed(raw.either('error_ratio_query', 'errorRatioQuery'));
    return query === null ? null : ratioSli('bad', query);
  }
  plugin.error(
    'plugin is Go code that makes the query, which does not run here, allowed: events or raw with the query it makes (sloth generate shows it)',
  );
  return null;
}

function readEvents(events: Field): ForeignSli | null {
  const bad = windowed(events.either('error_query', 'errorQuery'));
  const total = windowed(events.either('total_query', 'totalQuery'));
  return bad === null || total === null ? null : countsSli('bad', bad, total, false);
}

function windowed(field: Field): ForeignQuery | null {
  const query = foreignQuery(field);
  return query !== null && mustHoldWindow(query) ? query : null;
}
