import type { CounterSource } from '../collection/counter-reader';
import { type CompositeSlo, isComposite, type Slo, sloId } from '../domain/slo';
import { CompositeBook } from '../evaluation/composite-book';
import { CompositeLedger } from '../evaluation/composite-ledger';
import { type ExclusionsInForce, NOTHING_EXCLUDED } from '../ledger/exclusions';
import { GRID_SECONDS } from '../ledger/grid';
import { revisionOf } from '../ledger/revision';
import { NEVER_CHANGED, previewedGroups, previewStart, type SloPreview } from './preview-slo';
import { type HistoryWanted, readHistory } from './read-history';
import { type ReadSlo, UnsavedLedger } from './unsaved-ledger';

/** A composite whose parts do not carry it. */
export class NotComposable extends Error {
  constructor(slo: Slo, trouble: string) {
    super(`${sloId(slo)} cannot be made: ${trouble}`);
    this.name = 'NotComposable';
  }
}

/**
 * Reads the past of a composite's parts from their sources and says what it would have been.
 *
 * @param at a part's source
 * @param defined SLOs of which it may be made; of two with the same name the first
 * @throws NotComposable, and what `readHistory` throws
 */
export async function previewComposite(
  at: (slo: Slo) => CounterSource,
  slo: CompositeSlo,
  defined: readonly Slo[],
  wanted: Omit<HistoryWanted, 'from'>,
  exclusions: ExclusionsInForce = NOTHING_EXCLUDED,
): Promise<SloPreview> {
  const known = new Map([...defined].reverse().map((each) => [sloId(each), each]));
  known.set(sloId(slo), slo);
  const from = previewStart(slo, wanted.now);
  const read: ReadSlo[] = [];
  for (const part of partsOf(slo, known)) {
    read.push({ slo: part, history: await readHistory(at(part), part, { ...wanted, from }) });
  }
  const ledger = new CompositeLedger(new UnsavedLedger(read), bookOf(known), NEVER_CHANGED);
  const streams = await ledger.streams([revisionOf(slo)]);
  const stream = streams.find(({ name, service }) => sloId({ name, service }) === sloId(slo));
  if (stream === undefined) throw new NotComposable(slo, 'it has no parts');
  if (stream.trouble !== undefined) throw new NotComposable(slo, stream.trouble);
  const to = Math.min(...read.map(({ history }) => history.to));
  const points = await ledger.series(stream, from, to, GRID_SECONDS);
  const groups = await previewedGroups(slo, ledger, [{ stream, points }], { from, to }, exclusions);
  return { groups, warnings: [] };
}

/** All that it is made of that is counted at a source, each once. */
function partsOf(slo: CompositeSlo, known: ReadonlyMap<string, Slo>): readonly Slo[] {
  const parts = new Set<Slo>();
  const seen = new Set<Slo>();
  const add = (composite: CompositeSlo): void => {
    seen.add(composite);
    for (const part of composite.sli.parts) {
      const found = known.get(sloId(part));
      if (found === undefined || seen.has(found)) continue;
      if (isComposite(found)) add(found);
      else parts.add(found);
    }
  };
  add(slo);
  return [...parts];
}

function bookOf(known: ReadonlyMap<string, Slo>): CompositeBook {
  const place = { file: 'preview', line: 1, column: 1 };
  const defined = [...known.values()].map((slo) => ({ slo, place, stale: false }));
  const registry = { current: () => ({ defined, problems: [] }) };
  return new CompositeBook(registry, { find: () => Promise.resolve(null) });
}
