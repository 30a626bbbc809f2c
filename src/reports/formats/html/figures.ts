import type { Columns } from '../../tables/column';
import { type Figure, figureText, isNumber } from '../../tables/figure';
import { verdictMark } from '../../tables/verdict';
import type { Wording } from '../../words/wording';
import { markup, type Markup } from './markup';

/**
 * A figure as people read it, with the value of the report's JSON beside it: `data-of` says where that
 * stands, from the nearest `data-part` on.
 */
export function figureElement(of: string, figure: Figure, wording: Wording): Markup {
  const text = figureText(figure, wording);
  const value = figure.value === null ? '' : String(figure.value);
  const place = of === '' ? '' : markup` data-of="${of}"`;
  switch (figure.kind) {
    case 'text':
      return markup`<bdi${place}>${value}</bdi>`;
    case 'instant':
    case 'date':
    case 'month':
      return markup`<time${place} datetime="${value}">${text}</time>`;
    default:
      return figure.value === null
        ? markup`<data${place} value="" class="none">${markOf(figure)}${text}</data>`
        : markup`<data${place} value="${value}">${markOf(figure)}${text}</data>`;
  }
}

/** Colours alone say nothing to some, and nothing on paper. */
export function markOf({ kind, value }: Figure): Markup | '' {
  if (kind !== 'met') return '';
  const name = value === null ? 'unknown' : value ? 'met' : 'missed';
  return markup`<span class="mark ${name}" aria-hidden="true">${verdictMark(value)}</span> `;
}

/**
 * Rows with their first figures as their heads.
 *
 * @param name of the list in the report's JSON, from the nearest part on
 * @param from which place in that list the rows begin
 */
export function tableElement<Row>(
  columns: Columns<Row>,
  rows: readonly Row[],
  name: string,
  caption: string,
  wording: Wording,
  from = 0,
): Markup {
  const right = columns.map(({ figure }) => rows.some((row) => isNumber(figure(row))));
  const head = columns.map(({ title }, k) =>
    right[k] === true
      ? markup`<th scope="col" class="number">${title(wording.words)}</th>`
      : markup`<th scope="col">${title(wording.words)}</th>`,
  );
  const body = rows.map((row, place) => {
    const cells = columns.map(({ of, figure }, k) => {
      const element = figureElement(of, figure(row), wording);
      if (k === 0) return markup`<th scope="row">${element}</th>`;
      return right[k] === true
        ? markup`<td class="number">${element}</td>`
        : markup`<td>${element}</td>`;
    });
    return markup`<tr data-part="${name}.${String(from + place)}">${cells}</tr>`;
  });
  return markup`<table><caption>${caption}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>\n`;
}

/** Names with their figures, one below the other. */
export function listElement<Row>(columns: Columns<Row>, row: Row, wording: Wording): Markup {
  const entries = columns.map(({ of, title, figure }) => {
    const element = figureElement(of, figure(row), wording);
    return markup`<div><dt>${title(wording.words)}</dt><dd>${element}</dd></div>`;
  });
  return markup`<dl>${entries}</dl>`;
}
