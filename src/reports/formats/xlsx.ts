import writeXlsx from 'write-excel-file/node';
import { Wording } from '../words/wording';
import type { ReportFormat } from './report-format';
import { sheetsOf } from './xlsx/sheets';

/** A workbook of values with their types; it has no formulas. */
export const XLSX_REPORT: ReportFormat = {
  name: 'xlsx',
  contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  extension: 'xlsx',
  hasWords: true,
  apart: true,
  // It is packed as a whole.
  async *pieces(report, language) {
    yield await writeXlsx(sheetsOf(report, new Wording(language, report))).toBuffer();
  },
};
