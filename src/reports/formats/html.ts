import { createHash } from 'node:crypto';
import type { Report } from '../report';
import { servicesOf } from '../tables/services';
import { Wording } from '../words/wording';
import { markup, Markup } from './html/markup';
import { headOf, serviceOf, summaryOf } from './html/overview';
import { sloSection } from './html/slo-section';
import { stylesOf } from './html/styles';
import type { ReportFormat } from './report-format';

/** Sections between which other work gets its turn. */
const SECTIONS_AT_ONCE = 20;

/**
 * One file that needs nothing else and asks for nothing: styles and pictures are in it, there is no script,
 * and its own policy forbids whatever a name could smuggle in.
 */
export const HTML_REPORT: ReportFormat = {
  name: 'html',
  contentType: 'text/html; charset=utf-8',
  extension: 'html',
  hasWords: true,
  // The document's own policy names its one style sheet by hash; both hold.
  policy:
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox",
  async *pieces(report, language) {
    const wording = new Wording(language, report);
    const { words } = wording;
    yield `${openingOf(report, wording)}\n`;
    for (const part of servicesOf(report)) {
      yield `${serviceOf(part, wording).text}\n`;
      for (const [k, row] of part.slos.entries()) {
        if (k % SECTIONS_AT_ONCE === 0) await new Promise(setImmediate);
        yield `${sloSection(report, row, wording).text}\n`;
      }
    }
    const { method } = words;
    const notes = method.notes.map((note) => markup`<li>${note}</li>`);
    yield markup`<section class="method"><h2>${method.title}</h2><ul>${notes}</ul></section>\n</main></body></html>\n`
      .text;
  },
};

function openingOf(report: Report, wording: Wording): string {
  const { words } = wording;
  const styles = stylesOf(report, wording);
  const title = `${words.title} · ${wording.month(report.month)}`;
  return markup`<!doctype html>
<html lang="${words.locale}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyOf(styles)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><style>${new Markup(styles)}</style></head>
<body>
${headOf(report, wording)}<main>
${summaryOf(report, wording)}`.text;
}

function policyOf(styles: string): string {
  const hash = createHash('sha256').update(styles).digest('base64');
  return `default-src 'none'; style-src 'sha256-${hash}'`;
}
