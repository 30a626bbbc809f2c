import PDFDocument from 'pdfkit';
import type { Report } from '../report';
import type { Language } from '../words/language';
import { servicesOf } from '../tables/services';
import { Wording } from '../words/wording';
import { contents } from './pdf/contents';
import { headingOf } from './pdf/document';
import { front } from './pdf/front';
import { method } from './pdf/method';
import { servicePage } from './pdf/service-page';
import { Sheet } from './pdf/sheet';
import { sloPage } from './pdf/slo-page';
import { type Paper, Typesetter } from './pdf/typesetter';
import type { ReportFormat } from './report-format';

/** A document to be printed, forwarded and kept: the same report gives the same bytes. */
export const PDF_REPORT: ReportFormat = {
  name: 'pdf',
  contentType: 'application/pdf',
  extension: 'pdf',
  hasWords: true,
  apart: true,
  pieces: written,
};

/** Page by page. */
async function* written(report: Report, language: Language): AsyncGenerator<Uint8Array> {
  const wording = new Wording(language, report);
  const paper = paperFor(report, wording);
  const setter = new Typesetter(paper);
  const heading = headingOf(report, wording);
  const rehearsal = new Sheet(paper, setter, heading, null);
  for (const part of pagesOf(rehearsal, report, wording)) {
    part();
    await new Promise(setImmediate);
  }
  const sheet = new Sheet(paper, setter, heading, rehearsal.places);
  for (const part of pagesOf(sheet, report, wording)) {
    part();
    await new Promise(setImmediate);
    for (let chunk = next(paper); chunk !== null; chunk = next(paper)) yield chunk;
  }
  sheet.end();
  paper.end();
  for (let chunk = next(paper); chunk !== null; chunk = next(paper)) yield chunk;
}

function next(paper: Paper): Uint8Array | null {
  return paper.read() as Uint8Array | null;
}

function paperFor(report: Report, wording: Wording): Paper {
  const { words } = wording;
  return new PDFDocument({
    ...{ autoFirstPage: false, pdfVersion: '1.7', tagged: true, displayTitle: true },
    lang: words.locale,
    info: {
      Title: `${words.title} · ${wording.month(report.month)}`,
      Creator: 'Slowburn',
      // Nothing but the report says what the document is.
      CreationDate: new Date(report.cutOff),
    },
  });
}

/** What the document consists of, in the order in which it is drawn. */
function* pagesOf(sheet: Sheet, report: Report, wording: Wording): Generator<() => void> {
  const services = servicesOf(report);
  yield () => {
    front(sheet, report, services, wording);
    contents(sheet, services, wording);
  };
  for (const part of services) {
    const isOneOfMany = part.slos.length > 1;
    if (isOneOfMany) {
      yield () => {
        servicePage(sheet, part, wording);
      };
    }
    for (const placed of part.slos) {
      yield () => {
        sloPage(sheet, report, placed, isOneOfMany, wording);
      };
    }
  }
  yield () => {
    method(sheet, wording);
  };
}
