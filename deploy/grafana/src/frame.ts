import {
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  TextBoxVariableBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';

import { type Draft, draft } from './classic';

export const TAG = 'slowburn';

export const UIDS = {
  overview: 'slowburn-overview',
  slo: 'slowburn-slo',
  system: 'slowburn-system',
  health: 'slowburn-health',
  rest: 'slowburn-rest',
} as const;

/** Whatever Prometheus is chosen above the dashboard. */
export const PROMETHEUS = { type: 'prometheus', uid: '${datasource}' };
export const INFINITY = { type: 'yesoreyeram-infinity-datasource', uid: '${infinity}' };

const ALL = { selected: true, text: 'All', value: '$__all' };

/** An empty dashboard with what they all have: times, links to the others, to the service. */
export function frame(uid: string, title: string, description: string, from: string): Draft {
  return draft(`Slowburn / ${title}`)
    .uid(uid)
    .description(description)
    .tags([TAG])
    .editable()
    .time({ from, to: 'now' })
    .refresh('1m')
    .tooltip(DashboardCursorSync.Crosshair)
    .link(
      new DashboardLinkBuilder('Dashboards')
        .type(DashboardLinkType.Dashboards)
        .tags([TAG])
        .asDropdown(true)
        .includeVars(true)
        .keepTime(true),
    )
    .link(
      new DashboardLinkBuilder('Slowburn')
        .type(DashboardLinkType.Link)
        .icon('external link')
        .tooltip('The service itself')
        .url('${slowburn}/api/docs')
        .targetBlank(true),
    )
    .link(
      new DashboardLinkBuilder('Runbooks')
        .type(DashboardLinkType.Link)
        .icon('doc')
        .tooltip('What to do when an alert arrives')
        .url('${slowburn}/docs/runbooks/README.md')
        .targetBlank(true),
    );
}

export function prometheusVariable(): DatasourceVariableBuilder {
  return new DatasourceVariableBuilder('datasource').label('Prometheus').type('prometheus');
}

export function infinityVariable(): DatasourceVariableBuilder {
  return new DatasourceVariableBuilder('infinity').label('Slowburn').type(INFINITY.type);
}

/** Where browsers reach the service; links lead there. */
export function slowburnVariable(): TextBoxVariableBuilder {
  const address = 'http://127.0.0.1:8080';
  return new TextBoxVariableBuilder('slowburn')
    .label('Slowburn at')
    .description('Where your browser reaches Slowburn; links lead there.')
    .defaultValue(address)
    .current({ selected: true, text: address, value: address });
}

/** One value of a label. */
export function oneOf(name: string, label: string, query: string): QueryVariableBuilder {
  return new QueryVariableBuilder(name)
    .label(label)
    .datasource(PROMETHEUS)
    .query({ query, refId: `variable-${name}` })
    .definition(query)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc);
}

/** Some values of a label, or all of them, which is also what stands there at first. */
export function someOf(name: string, label: string, query: string): QueryVariableBuilder {
  return oneOf(name, label, query).multi(true).includeAll(true).allValue('.*').current(ALL);
}

/**
 * The group of a grouped SLO, as the matchers that choose it: `endpoint="/cars"`, and labels of the
 * SLO that are exported besides. What stands for all of them is a matcher that every row has.
 */
export function groupVariable(): QueryVariableBuilder {
  const rows = 'slo_objective_ratio{service="$service",slo="$slo"}';
  const query = `query_result(max without (service, slo, job, instance) (${rows}))`;
  return oneOf('group', 'Group', query)
    .regex('/^\\{(.+?)\\} /')
    .includeAll(true)
    .allValue('slo!=""')
    .current(ALL);
}

/**
 * Matchers of any further labels, written by hand: Grafana's own filters would be added to what
 * tells replicas apart as well, and choose none of them.
 */
export function matchersVariable(): TextBoxVariableBuilder {
  return new TextBoxVariableBuilder('labels')
    .label('Labels')
    .description('Further matchers of labels that metrics.labels lets through: tier="1"')
    .defaultValue('')
    .current({ selected: true, text: '', value: '' });
}
