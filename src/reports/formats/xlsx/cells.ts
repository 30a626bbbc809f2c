import type { CellObject } from 'write-excel-file/node';
import type { Figure } from '../../tables/figure';
import { figureText } from '../../tables/figure';
import type { Wording } from '../../words/wording';

type Cell = CellObject | null;

/** How Excel shows what it keeps with all digits. */
const NUMBERS: Readonly<Partial<Record<Figure['kind'], string>>> = {
  objective: '0.######%',
  sli: '0.000%',
  coverage: '0.00%',
  remaining: '0.0%',
  consumed: '0.0%',
  change: '+0.000%;-0.000%;0.000%',
  burnRate: '0.0',
  minutes: '#,##0.0',
};

/**
 * A figure as a cell of its type. What nobody knows is an empty cell, of which sums and means take no notice.
 * Times are what clocks in the report's zone showed: Excel has no zones. Text stays text, whatever it
 * begins with.
 */
export function cellOf(figure: Figure, wording: Wording): Cell {
  const { kind, value } = figure;
  if (value === null) return null;
  switch (kind) {
    case 'text':
    case 'met':
    case 'state':
    case 'treatment':
      return textCell(figureText(figure, wording));
    case 'instant':
      return { value: wording.wallClock(value), type: Date, format: 'yyyy-mm-dd hh:mm:ss' };
    case 'date':
      return { value: new Date(value), type: Date, format: 'yyyy-mm-dd' };
    case 'month':
      return { value: new Date(`${value}-01`), type: Date, format: 'yyyy-mm' };
    default:
      return {
        value,
        type: Number,
        format: NUMBERS[kind] ?? (Number.isInteger(value) ? '#,##0' : '#,##0.##'),
      };
  }
}

/** Longer ones do not fit into a cell of Excel. */
const LONGEST = 32_767;

export function textCell(text: string): CellObject {
  return { value: text.slice(0, LONGEST), type: String };
}
