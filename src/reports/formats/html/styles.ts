import { PALETTE } from '../../charts/palette';
import type { Report } from '../../report';
import type { Wording } from '../../words/wording';

/** The whole look, on screens and on A4, where every page is headed with what it belongs to. */
export function stylesOf(report: Report, wording: Wording): string {
  const { words } = wording;
  const heading = `${words.title} · ${wording.month(report.month)} · ${report.timeZone} · ${words.states[report.state]}`;
  const page = words.page('" counter(page) "', '" counter(pages) "');
  return `
:root { color: ${PALETTE.ink}; background: #fff; font: 15px/1.5 system-ui, "Segoe UI", "Liberation Sans", "DejaVu Sans", sans-serif; }
body { max-width: 60rem; margin: 0 auto; padding: 2rem 1.5rem; overflow-wrap: break-word; }
h1, h2, h3, h4, p, dl, figure { margin: 0 0 .75rem; }
h1 { font-size: 2rem; line-height: 1.2; } h2 { font-size: 1.4rem; margin-top: 2.5rem; } h3 { font-size: 1.2rem; }
h4, caption, figcaption, summary { font-size: .9rem; font-weight: 600; text-align: start; margin: 1rem 0 .35rem; }
.title, dt, th, .none { color: ${PALETTE.muted}; }
.title { font-size: .85rem; letter-spacing: .02em; margin: 0; }
bdi { white-space: pre-line; overflow-wrap: anywhere; }
header { border-bottom: 2px solid ${PALETTE.ink}; padding-bottom: .5rem; }
header dl, .cards dl { display: flex; flex-wrap: wrap; gap: .5rem 2rem; }
dl { margin: 0; } dt { font-size: .8rem; } dd { margin: 0; font-variant-numeric: tabular-nums; }
.state { font-weight: 600; } .sentence { font-size: 1.2rem; }
.cards { border: 1px solid ${PALETTE.grid}; border-radius: .5rem; padding: .75rem 1rem; margin-bottom: 1rem; }
.cards dd { font-size: 1.15rem; font-weight: 600; }
.groups { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: 0 2rem; }
.groups dl div { display: flex; justify-content: space-between; gap: 1rem; border-bottom: 1px solid ${PALETTE.grid}; }
.groups dd { text-align: end; }
.groups dd, td { font-size: .85rem; }
table { border-collapse: collapse; width: 100%; margin: 0 0 1rem; }
th, td { text-align: start; vertical-align: top; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid ${PALETTE.grid}; }
thead th { font-size: .8rem; border-bottom-color: ${PALETTE.muted}; } tbody th { font-weight: 400; font-size: .85rem; }
.number { text-align: end; font-variant-numeric: tabular-nums; }
td.number, dd, td time, td data { white-space: nowrap; } dd bdi { white-space: pre-line; }
td.bar svg { width: 6rem; margin-inline-start: auto; }
figure svg { width: 100%; }
.mark { font-weight: 700; } .mark.met { color: #1d6395; } .mark.missed { color: ${PALETTE.bad}; }
.verdict { font-weight: 600; }
a { color: #1d5a86; }
svg { max-width: 100%; height: auto; display: block; }
article { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid ${PALETTE.grid}; }
.method { margin-top: 3rem; font-size: .9rem; }
@page { size: A4; margin: 18mm 14mm 16mm; @top-left { content: ${cssText(heading)}; font: 8pt sans-serif; color: ${PALETTE.muted}; } @bottom-right { content: "${page}"; font: 8pt sans-serif; color: ${PALETTE.muted}; } }
@media screen { .print { display: none; } }
@media print {
  :root { font-size: 10.5px; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  body { max-width: none; padding: 0; }
  article { break-before: page; border: 0; margin: 0; padding: 0; }
  h1, h2, h3, h4, caption, figcaption { break-after: avoid; } tr, figure, .cards, dl div, .method li { break-inside: avoid; }
  thead { display: table-header-group; } details { display: none; } a { color: inherit; text-decoration: none; }
}
`;
}

/** A string of CSS that cannot end early; `<` is left out of it for the element around. */
function cssText(text: string): string {
  const escaped = text.replace(/["\\<\n\r\f]/g, (sign) => `\\${sign.charCodeAt(0).toString(16)} `);
  return `"${escaped}"`;
}
