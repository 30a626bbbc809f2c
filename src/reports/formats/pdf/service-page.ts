import { budgetBar } from '../../charts/budget-bar';
import { PALETTE } from '../../charts/palette';
import { OF_SERVICE_COLUMNS } from '../../tables/chosen-columns';
import { figureText } from '../../tables/figure';
import type { PlacedSlo, ServicePart } from '../../tables/services';
import { verdictMark } from '../../tables/verdict';
import type { Wording } from '../../words/wording';
import type { Cell } from './cell';
import { nameOf, PLACE } from './document';
import { picture } from './picture';
import { type Sheet, STYLES } from './sheet';
import { Table } from './table';

const BAR = { width: 56, height: 6 };

/** A service's SLOs, a row each, that lead to their pages. */
export function servicePage(sheet: Sheet, part: ServicePart, wording: Wording): void {
  const { words } = wording;
  sheet.newPage();
  sheet.begins(PLACE.service(part), part.service);
  sheet.within('Sect', () => {
    sheet.paragraph(`${words.service} ${part.service}`, STYLES.heading, 'H2', 10);
    const heads = [
      { title: words.slo, right: false },
      ...OF_SERVICE_COLUMNS.map(({ title, of }) => ({ title: title(words), right: of !== 'met' })),
    ];
    const rows = part.slos.map((placed) => rowOf(sheet, placed, wording));
    new Table(sheet, heads, rows).draw(words.slos);
  });
}

function rowOf(sheet: Sheet, placed: PlacedSlo, wording: Wording): readonly Cell[] {
  const { slo } = placed;
  const cells = OF_SERVICE_COLUMNS.map(({ of, figure }): Cell => {
    const text = figureText(figure(slo), wording);
    if (of === 'met') {
      return {
        text: `${verdictMark(slo.met)} ${text}`,
        ...(slo.met === false ? { colour: PALETTE.bad } : {}),
      };
    }
    if (of !== 'budget.remainingRatio') return { text };
    const bar = budgetBar(slo.budget.remainingRatio, wording);
    const draw = (x: number, y: number, width: number): void => {
      picture(sheet, bar, x + width - BAR.width, y + 1, BAR.width);
    };
    return { text, drawing: { ...BAR, draw } };
  });
  const name = nameOf(slo).replace(`${slo.service}/`, '');
  return [{ text: name, leadsTo: PLACE.slo(placed) }, ...cells];
}
