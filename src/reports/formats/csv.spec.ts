import type { Report } from '../report';
import { CSV_REPORT } from './csv';
import { reportWith, sloReportWith } from '../../../test/support/reports';
import { wholeReport } from '../../../test/support/whole-report';

const csv = async (report: Report) => String(await wholeReport(CSV_REPORT, report, 'en'));

const HEADER =
  'month,time_zone,service,slo,group,objective,sli,met,good,bad,total,budget_total_minutes,' +
  'budget_consumed_minutes,budget_remaining_minutes,budget_remaining_ratio,downtime_minutes,' +
  'coverage_ratio,pages,tickets';

describe('the report as CSV', () => {
  it('has a row per SLO under the header that spreadsheets hold', async () => {
    const text = await csv(reportWith(sloReportWith()));
    expect(text).toBe(
      `${HEADER}\r\n2026-10,Europe/Lisbon,shop,api-errors,,0.995,0.998,true,998000,2000,1000000,223.5,89.4,134.1,0.6,89.4,1,1,2\r\n`,
    );
  });

  it('leaves out what is not known, and keeps signs and digits', async () => {
    const text = await csv(
      reportWith(
        sloReportWith({
          sli: null,
          met: null,
          downtimeMinutes: null,
          budget: { ...sloReportWith().budget, remainingRatio: -0.1 + 0.3, remainingMinutes: -5 },
        }),
      ),
    );
    expect(text.split('\r\n')[1]).toBe(
      '2026-10,Europe/Lisbon,shop,api-errors,,0.995,,,998000,2000,1000000,223.5,89.4,-5,0.19999999999999998,,1,1,2',
    );
  });

  it.each([
    ['=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
    ['+1', "'+1"],
    ['@x', "'@x"],
    ['-1', "'-1"],
    ['\tx', "'\tx"],
    ['a "b"\n😀 שלום', '"a ""b""\n😀 שלום"'],
  ])('keeps the service %j from being computed', async (service, cell) => {
    const row = sloReportWith({ service, slo: `${service}/api-errors` });
    const text = await csv(reportWith(row));
    expect(text).toContain(`\r\n2026-10,Europe/Lisbon,${cell},api-errors,`);
  });

  it('names groups', async () => {
    const row = sloReportWith({ group: { zone: 'b', endpoint: '/a"b' } });
    expect(await csv(reportWith(row))).toContain(String.raw`,"endpoint=""/a\""b"",zone=""b""",`);
  });
});
