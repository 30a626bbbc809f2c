import type { Objective } from '../domain/objective';
import type { Alerting, Budgeting, Slo } from '../domain/slo';
import type { SloWindow } from '../domain/slo-window';
import { datasourceComplaint } from './datasource-complaint';
import type { Field } from './foreign-field';
import { teamOf } from './foreign-names';
import type { ForeignSli } from './foreign-sli';
import { silentTiers } from './native-alerting';
import { DEFAULT_DATASOURCE } from './native-slo';
import type { ReadOptions } from './read-options';

/** A name, and where it is written. */
export interface Named {
  readonly name: string;
  readonly at: Field;
}

/** What the readers of foreign languages find; null where it is faulty. */
export interface ForeignParts {
  readonly service: string | null;
  readonly name: string | null;
  readonly description: string | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly objective: Objective | null;
  readonly objectiveAt: Field;
  readonly window: SloWindow | null;
  readonly sli: ForeignSli | null;
  readonly budgeting: Budgeting | null;
  /** Null where none is named. */
  readonly datasource: Named | null;
  readonly alerting: Alerting;
}

/** The SLO of its parts, or null when one of them is missing. */
export function foreignSlo(parts: ForeignParts, at: Field, options: ReadOptions): Slo | null {
  checkDatasource(parts.datasource, at, options);
  const { service, name, objective, window, sli, budgeting, alerting } = parts;
  if (service === null || name === null || objective === null || window === null) return null;
  if (sli === null || budgeting === null) return null;
  for (const words of silentTiers(objective, window, alerting)) {
    parts.objectiveAt.warning(words);
  }
  return {
    service,
    name,
    description: parts.description === '' ? null : parts.description,
    team: teamOf(parts.labels),
    labels: parts.labels,
    objective,
    window,
    sli: sli.sli,
    groupBy: sli.groupBy,
    budgeting,
    noData: 'ignore',
    minEvents: null,
    minBadEvents: null,
    datasource: parts.datasource?.name ?? DEFAULT_DATASOURCE,
    counting: { identity: ['job', 'instance'], births: 'count' },
    alerting,
    renamedFrom: null,
    exclusions: [],
  };
}

function checkDatasource(named: Named | null, at: Field, { datasources }: ReadOptions): void {
  const complaint =
    datasources === null ? null : datasourceComplaint(named?.name ?? null, datasources);
  if (complaint !== null) (named?.at ?? at).error(complaint);
}
