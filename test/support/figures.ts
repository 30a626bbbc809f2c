import { MemoryDefinitionHistory } from './definition-history';
import type { Slo } from '../../src/domain/slo';
import type { BurnFigure, Figures } from '../../src/evaluation/figures';
import { LedgerFigurer } from '../../src/evaluation/ledger-figurer';
import { type HandFilled, MemoryLedger } from './memory-ledger';

/** A midnight, so that everything lies on the grid. */
export const START = Date.parse('2026-10-01T00:00:00Z') / 1000;

/** Figures of an SLO whose only stream a test fills. */
export async function figuresOf(
  slo: Slo,
  fill: (stream: HandFilled) => HandFilled,
  options: { at?: number; scale?: bigint } = {},
): Promise<Figures> {
  const ledger = new MemoryLedger();
  const stream = fill(ledger.begin(slo, START, options));
  const at = options.at ?? stream.end;
  const figures = await new LedgerFigurer(ledger, new MemoryDefinitionHistory()).figures({
    slo,
    group: null,
    at,
  });
  if (figures === null) throw new Error('there are figures of every SLO');
  return figures;
}

export function burnOver(figures: Figures, seconds: number): BurnFigure {
  const found = figures.burn.find(({ windowSeconds }) => windowSeconds === seconds);
  if (found === undefined) throw new Error(`no burn over ${seconds} s`);
  return found;
}
