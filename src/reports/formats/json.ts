import type { ReportFormat } from './report-format';

export const JSON_REPORT: ReportFormat = {
  name: 'json',
  contentType: 'application/json; charset=utf-8',
  extension: 'json',
  render: (report) => Promise.resolve(`${JSON.stringify(report)}\n`),
};
