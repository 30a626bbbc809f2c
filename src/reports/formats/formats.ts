import { CSV_REPORT } from './csv';
import { HTML_REPORT } from './html';
import { JSON_REPORT } from './json';
import { MARKDOWN_REPORT } from './markdown';
import { PDF_REPORT } from './pdf';
import type { ReportFormat } from './report-format';
import { XLSX_REPORT } from './xlsx';

/** Every format that a report is written in. */
export const REPORT_FORMATS: readonly ReportFormat[] = [
  JSON_REPORT,
  CSV_REPORT,
  XLSX_REPORT,
  PDF_REPORT,
  HTML_REPORT,
  MARKDOWN_REPORT,
];
