import { Injectable, NotFoundException } from '@nestjs/common';
import { DefinitionRegistry } from '../definitions/registry';
import { DAY_SECONDS } from '../domain/duration';
import type { Span } from '../domain/slo-window';
import { InvalidInput } from '../http/invalid-input';
import { pageOf } from '../http/page';
import { Present } from '../slos/present';
import { type ExclusionRow, exclusionRows, isOf } from './exclusion-rows';
import { ExclusionStore } from './exclusion-store';
import type { ExclusionPage, ExclusionQuery, ExclusionView } from './exclusions.dto';
import { exclusionView, roundedOccurrences, stateOf } from './views';

const USUAL_SECONDS = 30 * DAY_SECONDS;
const LONGEST_SECONDS = 400 * DAY_SECONDS;

/** What is excluded, by definitions and over the API. */
@Injectable()
export class ReadExclusions {
  constructor(
    private readonly registry: DefinitionRegistry,
    private readonly store: ExclusionStore,
    private readonly present: Present,
  ) {}

  async list(query: ExclusionQuery): Promise<ExclusionPage> {
    const now = this.present.now();
    const within = spanOf(query, now);
    const { slo, active } = query;
    const isTimed = query.from !== undefined || query.to !== undefined;
    const rows = (await exclusionRows(this.registry, this.store)).filter(
      (row) =>
        (slo === undefined || isOf(this.registry, row.exclusion, slo)) &&
        (active === undefined || (stateOf(row, now) === 'active') === (active === 'true')) &&
        (!isTimed || roundedOccurrences(row.exclusion, within).length > 0),
    );
    const { items, nextCursor } = pageOf(rows, query, ({ exclusion }) => exclusion.id);
    return { items: items.map((row) => exclusionView(row, now, within)), nextCursor };
  }

  /** @throws NotFoundException */
  async one(id: string): Promise<ExclusionView> {
    return this.view(await this.row(id));
  }

  /** @throws NotFoundException */
  async row(id: string): Promise<ExclusionRow> {
    const rows = await exclusionRows(this.registry, this.store);
    const found = rows.find(({ exclusion }) => exclusion.id === id);
    if (found === undefined) throw new NotFoundException(`there is no exclusion ${id}`);
    return found;
  }

  view(row: ExclusionRow): ExclusionView {
    const now = this.present.now();
    return exclusionView(row, now, spanOf({}, now));
  }
}

function spanOf({ from, to }: Pick<ExclusionQuery, 'from' | 'to'>, now: number): Span {
  const begin = from === undefined ? null : Date.parse(from) / 1000;
  const end = to === undefined ? null : Date.parse(to) / 1000;
  const span = {
    from: begin ?? (end ?? now) - USUAL_SECONDS,
    to: end ?? (begin ?? now) + USUAL_SECONDS,
  };
  if (span.from < span.to && span.to - span.from <= LONGEST_SECONDS) return span;
  const allowed = 'an instant before "to", by 400 days at most';
  throw new InvalidInput([{ field: 'from', value: from ?? null, allowed }]);
}
