import type { ReportFormat } from './report-format';

export const JSON_REPORT: ReportFormat = {
  name: 'json',
  contentType: 'application/json; charset=utf-8',
  extension: 'json',
  hasWords: false,
  render: (report) => Promise.resolve(`${JSON.stringify(report)}\n`),
};
