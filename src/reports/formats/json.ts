import type { ReportFormat } from './report-format';

const END = ']}';
/** Between which other work gets its turn. */
const ROWS_AT_ONCE = 50;

export const JSON_REPORT: ReportFormat = {
  name: 'json',
  contentType: 'application/json; charset=utf-8',
  extension: 'json',
  hasWords: false,
  async *pieces(report) {
    const { slos, ...around } = report;
    yield JSON.stringify({ ...around, slos: [] }).slice(0, -END.length);
    for (const [k, slo] of slos.entries()) {
      yield (k === 0 ? '' : ',') + JSON.stringify(slo);
      if (k % ROWS_AT_ONCE === 0) await new Promise(setImmediate);
    }
    yield `${END}\n`;
  },
};
