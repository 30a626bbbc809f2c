import type { Report, SloReport } from '../report';
import type { Columns } from './column';
import { REPORT_COLUMNS } from './report-columns';
import { ALERT_COLUMNS, BUDGET_COLUMNS, COVERAGE_COLUMNS, OUTCOME_COLUMNS } from './slo-columns';

/** Of reports that are closed. */
const HASHES: ReadonlySet<string> = new Set(['hash', 'previousHash']);

/** What stands below the month in a document's head. */
export function factsOf({ hash }: Pick<Report, 'hash'>): Columns<Report> {
  return REPORT_COLUMNS.filter(({ of }) => of !== 'month' && (hash !== null || !HASHES.has(of)));
}

const SEEN = COVERAGE_COLUMNS.filter(({ of }) => of === 'coverage.ratio');
const LEFT = BUDGET_COLUMNS.filter(({ of }) => of === 'budget.remainingRatio');

/** What an SLO's own page begins with. */
export const MAIN_COLUMNS: Columns<SloReport> = [
  ...outcome('objective', 'sli', 'downtimeMinutes'),
  ...SEEN,
  ...LEFT,
];

/** What a service's page says of each of its SLOs. */
export const OF_SERVICE_COLUMNS: Columns<SloReport> = [
  ...outcome('objective', 'sli', 'met', 'downtimeMinutes'),
  ...SEEN,
  ...ALERT_COLUMNS.filter(({ of }) => of !== 'alerts.firingMinutes'),
  ...LEFT,
];

function outcome(...names: readonly string[]): Columns<SloReport> {
  return OUTCOME_COLUMNS.filter(({ of }) => names.includes(of));
}
