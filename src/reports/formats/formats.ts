import { CSV_REPORT } from './csv';
import { HTML_REPORT } from './html';
import { JSON_REPORT } from './json';
import type { ReportFormat } from './report-format';

/** Every format that a report is written in. */
export const REPORT_FORMATS: readonly ReportFormat[] = [JSON_REPORT, CSV_REPORT, HTML_REPORT];
