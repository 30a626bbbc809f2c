import { validatePaths } from '../definitions/validate-paths';
import { isComposite } from '../domain/slo';
import { describedPlan, type PlannedQuery } from '../promql/described-plan';
import { CouldNotRun } from './could-not-run';
import { counted } from './problem-text';
import { mustBeReadable } from './validate';

/** What a data source is asked in an ordinary minute. */
interface SourcePlan {
  readonly datasource: string;
  readonly slos: number;
  readonly queries: readonly PlannedQuery[];
}

const MOST_NAMES = 5;

/** `slowburn plan`: the queries that definition files come to; 1 when they define nothing. */
export async function plan(
  paths: readonly string[],
  options: { readonly json?: boolean },
): Promise<number> {
  for (const path of paths) await mustBeReadable(path);
  const validation = await validatePaths(paths);
  const slos = validation.slos.map(({ slo }) => slo).filter((slo) => !isComposite(slo));
  const { problems } = validation;
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  if (slos.length === 0) {
    throw new CouldNotRun(
      `no SLO is defined there (${counted(errors, 'error')}), allowed: definitions that slowburn validate finds good`,
    );
  }
  const plans = [...new Set(slos.map(({ datasource }) => datasource))].map((datasource) => {
    const own = slos.filter((slo) => slo.datasource === datasource);
    const queries = describedPlan(own);
    return { datasource, slos: own.length, queries };
  });
  if (options.json === true) console.log(JSON.stringify({ datasources: plans }));
  else for (const each of plans) console.log(planText(each));
  if (errors > 0) console.error(`${counted(errors, 'error')} left out; see slowburn validate`);
  return errors === 0 ? 0 : 1;
}

function planText({ datasource, slos, queries }: SourcePlan): string {
  const shared = queries.filter(({ kind }) => kind !== 'own').length;
  const own = queries.length - shared;
  const head = `data source ${datasource}: ${counted(slos, 'SLO')}, ${queryCount(shared, 'shared')} a minute`;
  const rest = own === 0 ? '' : `, ${queryCount(own, 'own')}, joined up to sixteen at a time`;
  const lines = queries.map(({ kind, query, slos: names }) => {
    const shown = names.slice(0, MOST_NAMES).join(', ');
    const further = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
    return `  ${kind}, for ${shown}${further}\n    ${shortened(query)}`;
  });
  return [head + rest, ...lines].join('\n');
}

function queryCount(count: number, kind: string): string {
  return `${count} ${kind} ${count === 1 ? 'query' : 'queries'}`;
}

/** A thousand alternatives are for machines: they are in the JSON. */
function shortened(query: string): string {
  return query.length <= 300 ? query : `${query.slice(0, 200)} … ${query.slice(-80)}`;
}
