import { formatSeconds } from '../../domain/duration';
import { OWN_METRICS as OWN } from '../../metrics/names';
import { type LinkBases, runbookUrl } from '../alert-text';
import { readBack, series } from './expression';
import type { AlertingRule } from './rule';
import { labelValue } from './template';

export interface OwnIntervals {
  /** Between two ticks. */
  readonly evaluationSeconds: number;
  /** From a step's end to its reading. */
  readonly queryDelaySeconds: number;
  /** What links begin with; null where they are left as they are written. */
  readonly links: LinkBases | null;
}

/** Ticks that may be missed before somebody is told. */
const LATE_TICKS = 5;
const MOST_SKEW_SECONDS = 5;

interface OwnAlert {
  readonly name: string;
  readonly severity: 'page' | 'ticket';
  readonly expr: string;
  readonly forSeconds: number;
  /** A page of docs/runbooks/. */
  readonly runbook: string;
  readonly summary: string;
  readonly description: string;
}

/** Alerts on the service itself: a frozen or blind one must be noticed by somebody else. */
export function ownRules(intervals: OwnIntervals): readonly AlertingRule[] {
  const errors = series(OWN.definitionProblems.name, { severity: 'error' });
  const built = [...Object.values(OWN).map(({ name }) => series(name, {})), errors];
  return ownAlerts(intervals).map(
    ({ name, severity, expr, forSeconds, runbook, summary, description }) => {
      const page = `docs/runbooks/${runbook}.md`;
      const { links } = intervals;
      return {
        alert: name,
        expr: readBack(expr, built),
        for: formatSeconds(forSeconds),
        labels: { severity },
        annotations: {
          summary,
          description,
          runbook_url: links === null ? page : runbookUrl(page, links.runbookBaseUrl),
        },
      };
    },
  );
}

/** A replica that stands still while another goes on is no trouble: the best of them counts. */
function ownAlerts({ evaluationSeconds, queryDelaySeconds }: OwnIntervals): readonly OwnAlert[] {
  const late = LATE_TICKS * evaluationSeconds + queryDelaySeconds;
  const source = labelValue('datasource');
  return [
    {
      name: 'SlowburnDown',
      severity: 'page',
      expr: `absent(${OWN.build.name})`,
      forSeconds: 300,
      runbook: 'slowburn-down',
      summary: 'Slowburn is not scraped',
      description: 'No replica was scraped for five minutes: no burn is noticed until one is.',
    },
    {
      name: 'SlowburnDatabaseDown',
      severity: 'page',
      expr: `max(${OWN.ledgerUp.name}) == 0`,
      forSeconds: 300,
      runbook: 'slowburn-database-down',
      summary: "Slowburn's database does not answer",
      description:
        'No replica reaches the database: figures stand still. What happens meanwhile is counted once it is back.',
    },
    {
      name: 'SlowburnEvaluationStale',
      severity: 'page',
      expr: `time() - max(${OWN.evaluatedAt.name}) > ${late}`,
      forSeconds: 60,
      runbook: 'slowburn-collection-behind',
      summary: 'Slowburn tells figures of the past',
      description: `The newest figures are more than ${formatSeconds(late)} old, so a burn is noticed that much later.`,
    },
    {
      name: 'SlowburnEvaluationSlow',
      severity: 'ticket',
      expr: `max(${OWN.evaluationDuration.name}) > ${evaluationSeconds / 2}`,
      forSeconds: 900,
      runbook: 'slowburn-collection-behind',
      summary: 'Slowburn takes long to evaluate',
      description: 'Evaluations take more than half of the time there is between two.',
    },
    {
      name: 'SlowburnCollectionBehind',
      severity: 'ticket',
      expr: `min(${OWN.lag.name}) > ${late}`,
      forSeconds: 600,
      runbook: 'slowburn-collection-behind',
      summary: 'Slowburn counts late',
      description: `Some SLO has been counted late by more than ${formatSeconds(late)} for ten minutes.`,
    },
    {
      name: 'SlowburnDatasourceDown',
      severity: 'page',
      expr: `max by (datasource) (${OWN.sourceUp.name}) == 0`,
      forSeconds: 300,
      runbook: 'slowburn-datasource-down',
      summary: `Slowburn cannot ask the data source ${source}`,
      description:
        'Its SLOs stand still. What happens meanwhile is counted once the data source answers again.',
    },
    {
      name: 'SlowburnDatasourceClockSkew',
      severity: 'ticket',
      expr: `max by (datasource) (abs(${OWN.sourceSkew.name})) > ${MOST_SKEW_SECONDS}`,
      forSeconds: 900,
      runbook: 'slowburn-datasource-down',
      summary: `The clock of the data source ${source} is off`,
      description: `It is off by more than ${MOST_SKEW_SECONDS} s: minutes are read before they are whole, or late.`,
    },
    {
      name: 'SlowburnStepsMissed',
      severity: 'ticket',
      expr: `sum(increase(${OWN.missedSteps.name}[1h])) > 0`,
      forSeconds: 3_600,
      runbook: 'slowburn-no-data',
      summary: 'Slowburn closes minutes without data',
      description:
        'For an hour there have been minutes in which the targets of some SLO did not answer; coverage says of which.',
    },
    {
      name: 'SlowburnSlosFailing',
      severity: 'ticket',
      expr: `max(${OWN.failing.name}) > 0`,
      forSeconds: 900,
      runbook: 'slowburn-no-data',
      summary: 'Slowburn cannot count some SLOs',
      description:
        'Their collection has failed for 15 minutes; GET /api/v1/collection says which, and why.',
    },
    {
      name: 'SlowburnAlertsUndelivered',
      severity: 'page',
      expr: `max by (receiver) (${OWN.receiverUp.name}) == 0`,
      forSeconds: 300,
      runbook: 'slowburn-delivery-failing',
      summary: `Slowburn's alerts do not reach ${labelValue('receiver')}`,
      description:
        'It has refused them or not answered for five minutes. They are kept and sent again until it takes them.',
    },
    {
      name: 'SlowburnDefinitionErrors',
      severity: 'ticket',
      expr: `max(${OWN.definitionProblems.name}{severity="error"}) > 0`,
      forSeconds: 900,
      runbook: 'slowburn-definition-errors',
      summary: 'Definition files of Slowburn have errors',
      description:
        'The last good text of each stays in force; GET /api/v1/collection says where they are.',
    },
  ];
}
