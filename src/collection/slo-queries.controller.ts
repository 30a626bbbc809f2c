import { Controller, Get, NotFoundException, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireAccess } from '../auth/access';
import { DefinitionRegistry, type Definitions } from '../definitions/registry';
import { isComposite, sloId } from '../domain/slo';
import { describedPlan, type PlannedQuery } from '../promql/described-plan';
import { plainQueries } from '../promql/plain-queries';
import { SloPath } from './slo-path.dto';
import { type SentQueryView, SloQueriesView } from './slo-queries.dto';
import { expressionLink, SourceLinks } from './source-links';

/** Short enough to see an incident, long enough for four scrapes a minute. */
const PLAIN_WINDOW_SECONDS = 300;

/** What a data source is asked for one SLO. */
@ApiTags('slos')
@Controller('api/v1/slos')
export class SloQueriesController {
  /** Many pages ask while nothing changes. */
  private plans: Plans | null = null;

  constructor(
    private readonly registry: DefinitionRegistry,
    private readonly links: SourceLinks,
  ) {}

  /** As people would ask it, as it would be asked alone, and as it is asked with others in an ordinary minute. */
  @RequireAccess('viewer')
  @Get(':service/:name/queries')
  @ApiOperation({ summary: 'The queries of one SLO, with links into its data source' })
  queries(@Param() { service, name }: SloPath): SloQueriesView {
    const current = this.registry.current();
    const slo = current.defined
      .map((each) => each.slo)
      .find((each) => each.service === service && each.name === name);
    if (slo === undefined) throw new NotFoundException(`there is no SLO ${service}/${name}`);
    const address = this.links.addressOf(slo.datasource);
    const own = { slo: sloId(slo), datasource: slo.datasource, address };
    if (isComposite(slo)) {
      const reason = 'it is made of other SLOs, and nothing is asked for it';
      return { ...own, plain: [], alone: [], sent: [], reason };
    }
    return {
      ...own,
      plain: plainQueries(slo, PLAIN_WINDOW_SECONDS).map(({ of, query }) => ({
        ...{ of, query, link: expressionLink(address, query, 'graph') },
      })),
      alone: describedPlan([slo]).map((query) => sentView(query, address)),
      sent: this.planAt(slo.datasource, current)
        .filter((query) => query.slos.includes(sloId(slo)))
        .map((query) => sentView(query, address)),
      reason: null,
    };
  }

  private planAt(datasource: string, current: Definitions): readonly PlannedQuery[] {
    if (this.plans?.of !== current) this.plans = { of: current, byDatasource: new Map() };
    const { byDatasource } = this.plans;
    const known = byDatasource.get(datasource);
    if (known !== undefined) return known;
    const plan = describedPlan(
      current.defined
        .map(({ slo }) => slo)
        .filter((each) => each.datasource === datasource && !isComposite(each)),
    );
    byDatasource.set(datasource, plan);
    return plan;
  }
}

interface Plans {
  readonly of: Definitions;
  readonly byDatasource: Map<string, readonly PlannedQuery[]>;
}

function sentView({ kind, query, slos }: PlannedQuery, address: string | null): SentQueryView {
  const show = kind === 'samples' ? 'table' : 'graph';
  return { kind, query, slos: slos.length, link: expressionLink(address, query, show) };
}
