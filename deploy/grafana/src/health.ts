import { RowBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Draft } from './classic';
import { frame, prometheusVariable, slowburnVariable, someOf, UIDS } from './frame';
import { lines, number, states } from './panels';
import { now, overTime, selector } from './queries';
import { COVERAGE, NOTHING_IS_GOOD, steps, UP_WORDS } from './words';

const REPLICA = 'instance=~"$instance"';
/** Of metrics that every process has. */
const OF_OURS = 'and on (job, instance) slowburn_build_info';
const LATE = steps([
  [null, 'green'],
  [180, 'yellow'],
  [600, 'dark-red'],
]);

function own(metric: string, ...matchers: readonly string[]): string {
  return selector(metric, REPLICA, ...matchers);
}

/** How Slowburn itself is doing; its runbooks begin with slowburn-. */
export function health(): Draft {
  const dashboard = frame(
    UIDS.health,
    'Its own health',
    'Whether Slowburn counts, evaluates and can be believed. Runbooks: docs/runbooks/slowburn-….',
    'now-6h',
  )
    .withVariable(prometheusVariable())
    .withVariable(someOf('instance', 'Replica', 'label_values(slowburn_build_info, instance)'))
    .withVariable(slowburnVariable());
  return processes(receivers(sources(counting(standing(dashboard)))));
}

function standing(dashboard: Draft): Draft {
  const small = { span: 4, height: 4 };
  return dashboard
    .withPanel(
      number(
        {
          title: 'Replicas',
          description: 'Replicas that are scraped, by version.',
          ...{ ...small, unit: 'short' },
        },
        now(`count by (version) (${own('slowburn_build_info')})`, '{{version}}'),
      ),
    )
    .withPanel(
      number(
        {
          title: 'Age of the figures',
          description: 'Time since the instant that the newest figures are of.',
          ...{ ...small, unit: 's', thresholds: LATE },
        },
        now(`time() - max(${own('slowburn_last_evaluation_timestamp_seconds')})`, 'age'),
      ),
    )
    .withPanel(
      number(
        {
          title: 'Collection lag',
          description:
            'Time from the SLO that was counted least far to the newest step that is due.',
          ...{ ...small, unit: 's', thresholds: LATE },
        },
        now(`max(${own('slowburn_collection_lag_seconds')})`, 'lag'),
      ),
    )
    .withPanel(
      number(
        {
          title: 'SLOs that cannot be counted',
          description: 'SLOs whose last collection failed; GET /api/v1/collection says why.',
          ...{ ...small, unit: 'short', thresholds: NOTHING_IS_GOOD },
        },
        now(`max(${own('slowburn_failing_slos')})`, 'failing'),
      ),
    )
    .withPanel(
      number(
        {
          title: 'Faults in definitions',
          description: 'Errors and warnings of the definition files.',
          ...{ ...small, unit: 'short', thresholds: NOTHING_IS_GOOD },
        },
        now(`max by (severity) (${own('slowburn_definition_problems')})`, '{{severity}}s'),
      ),
    )
    .withPanel(
      number(
        {
          title: 'Ledger',
          description: "Whether the ledger's database answers each replica.",
          ...{ ...small, unit: 'none' },
        },
        now(`min(${own('slowburn_ledger_up')})`, 'database'),
      ).mappings(UP_WORDS),
    );
}

function counting(dashboard: Draft): Draft {
  const panel = { span: 8, height: 8 };
  return dashboard
    .withRow(new RowBuilder('Counting and evaluating'))
    .withPanel(
      lines(
        {
          title: 'Tick and evaluation',
          description:
            'How long the last tick took to ask and write, and the evaluation after it. A tick that nears a minute cannot keep up.',
          ...{ ...panel, unit: 's' },
        },
        overTime(own('slowburn_collection_duration_seconds'), 'tick, {{instance}}'),
        overTime(own('slowburn_evaluation_duration_seconds'), 'evaluation, {{instance}}'),
      ),
    )
    .withPanel(
      lines(
        {
          title: 'Lag',
          description:
            'How far behind the counting is, and how old the figures are. Up to about two minutes is normal.',
          ...{ ...panel, unit: 's', thresholds: LATE },
        },
        overTime(`max(${own('slowburn_collection_lag_seconds')})`, 'lag of the counting'),
        overTime(
          `time() - max(${own('slowburn_last_evaluation_timestamp_seconds')})`,
          'age of the figures',
        ),
      ),
    )
    .withPanel(
      lines(
        {
          title: 'Steps per minute',
          description:
            'Steps written; closed without data; written by another replica already; corrected after late data.',
          ...{ ...panel, unit: 'short' },
        },
        overTime(perMinute('slowburn_written_steps_total'), 'written'),
        overTime(perMinute('slowburn_missed_steps_total'), 'missed'),
        overTime(perMinute('slowburn_retried_steps_total'), 'written already'),
        overTime(perMinute('slowburn_amended_steps_total'), 'corrected'),
      ).interval('5m'),
    )
    .withPanel(
      lines(
        {
          title: 'Coverage of all SLOs',
          description:
            'Share of their windows in which the sources of the SLOs were seen: the least, and the mean.',
          ...{ ...panel, unit: 'percentunit', thresholds: COVERAGE },
        },
        overTime('min(slo_coverage_ratio)', 'least'),
        overTime('avg(slo_coverage_ratio)', 'mean'),
      ),
    )
    .withPanel(
      lines(
        {
          title: 'What is counted',
          description: 'SLOs, and streams of the ledger: one for each SLO, group and query.',
          ...{ ...panel, unit: 'short' },
        },
        overTime(`max(${own('slowburn_slos')})`, 'SLOs'),
        overTime(`max(${own('slowburn_streams')})`, 'streams'),
      ),
    )
    .withPanel(
      lines(
        {
          title: 'History being read',
          description:
            'Share of the wanted history that has been read; 100 % when there is no more.',
          ...{ ...panel, unit: 'percentunit' },
        },
        overTime(
          `sum(${own('slowburn_backfill_done_seconds')}) / (sum(${own('slowburn_backfill_wanted_seconds')}) > 0)`,
          'read',
        ),
      )
        .min(0)
        .max(1),
    );
}

function sources(dashboard: Draft): Draft {
  const panel = { span: 8, height: 8 };
  return dashboard
    .withRow(new RowBuilder('Data sources'))
    .withPanel(
      states(
        {
          title: 'Data sources',
          description: 'Whether each data source answered the last time it was asked.',
          ...{ ...panel, unit: 'none' },
        },
        overTime(`max by (datasource) (${own('slowburn_datasource_up')})`, '{{datasource}}'),
      ).mappings(UP_WORDS),
    )
    .withPanel(
      lines(
        {
          title: 'Queries per minute, by outcome',
          description:
            'Requests to data sources. Outcomes other than success are in the runbook of a collection that is behind.',
          ...{ ...panel, unit: 'short' },
        },
        overTime(
          `sum by (datasource, outcome) (rate(${own('slowburn_queries_total')}[$__rate_interval])) * 60`,
          '{{datasource}} {{outcome}}',
        ),
      ).interval('5m'),
    )
    .withPanel(
      lines(
        {
          title: 'Queries of a tick, and clocks',
          description:
            'Queries that the last tick needed, which should not grow with SLOs alike; and how far the clock of each source is off.',
          ...{ ...panel, unit: 'short' },
        },
        overTime(`max(${own('slowburn_tick_queries')})`, 'queries'),
        overTime(
          `max by (datasource) (${own('slowburn_datasource_clock_skew_seconds')})`,
          'clock of {{datasource}}, seconds',
        ),
      ),
    );
}

function receivers(dashboard: Draft): Draft {
  const panel = { span: 12, height: 7 };
  return dashboard
    .withRow(new RowBuilder('Receivers of alerts'))
    .withPanel(
      states(
        {
          title: 'Receivers',
          description: 'Whether each Alertmanager and webhook took the last alerts it was sent.',
          ...{ ...panel, unit: 'none' },
        },
        overTime(`min by (receiver) (${own('slowburn_alert_receiver_up')})`, '{{receiver}}'),
      ).mappings(UP_WORDS),
    )
    .withPanel(
      lines(
        {
          title: 'Alerts sent per minute, by outcome',
          description:
            'Alerts that receivers were sent, each time counted: Alertmanagers are told again and again of what still fires.',
          ...{ ...panel, unit: 'short' },
        },
        overTime(
          `sum by (receiver, outcome) (rate(${own('slowburn_alerts_sent_total')}[$__rate_interval])) * 60`,
          '{{receiver}} {{outcome}}',
        ),
      ).interval('5m'),
    );
}

function processes(dashboard: Draft): Draft {
  const panel = { span: 8, height: 8 };
  return dashboard
    .withRow(new RowBuilder('Replicas'))
    .withPanel(
      lines(
        {
          title: 'Units held',
          description:
            'Collection units by the replica that holds their lease. None on all: two installations on one database, or clocks.',
          ...{ ...panel, unit: 'short' },
        },
        overTime(own('slowburn_leases_held'), '{{instance}}'),
      ),
    )
    .withPanel(
      lines(
        {
          title: 'Memory',
          description: 'Resident memory of each replica.',
          ...{ ...panel, unit: 'bytes' },
        },
        overTime(`${own('process_resident_memory_bytes')} ${OF_OURS}`, '{{instance}}'),
      ),
    )
    .withPanel(
      lines(
        {
          title: 'Processor and event loop',
          description:
            'Cores used, and the 99th percentile of how long the event loop of each replica was held up.',
          ...{ ...panel, unit: 'short' },
        },
        overTime(
          `rate(${own('process_cpu_seconds_total')}[$__rate_interval]) ${OF_OURS}`,
          'cores, {{instance}}',
        ),
        overTime(
          `${own('nodejs_eventloop_lag_p99_seconds')} ${OF_OURS}`,
          'held up s, {{instance}}',
        ),
      ),
    );
}

function perMinute(metric: string): string {
  return `sum(rate(${own(metric)}[$__rate_interval])) * 60`;
}
