import { Controller, Get, NotFoundException, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireAccess } from '../auth/access';
import { DefinitionRegistry } from '../definitions/registry';
import { isComposite, type Slo, sloId } from '../domain/slo';
import { describedPlan, type PlannedQuery } from '../promql/described-plan';
import { plainQueries } from '../promql/plain-queries';
import { QueriesPath, type SentQueryView, SloQueriesView } from './slo-queries.dto';
import { expressionLink, SourceLinks } from './source-links';
import { LIVE_STEP_SECONDS } from './steps';

/** A step, the query delay, and a scrape and a half before it, as `slowburn plan` has it. */
const RANGE_SECONDS = 120;
/** Short enough to see an incident, long enough for four scrapes a minute. */
const PLAIN_WINDOW_SECONDS = 300;

/** What a data source is asked for one SLO. */
@ApiTags('slos')
@Controller('api/v1/slos')
export class SloQueriesController {
  constructor(
    private readonly registry: DefinitionRegistry,
    private readonly links: SourceLinks,
  ) {}

  /** As people would ask it, as it would be asked alone, and as it is asked with others in an ordinary minute. */
  @RequireAccess('viewer')
  @Get(':service/:name/queries')
  @ApiOperation({ summary: 'The queries of one SLO, with links into its data source' })
  queries(@Param() { service, name }: QueriesPath): SloQueriesView {
    const slos = this.registry.current().defined.map(({ slo }) => slo);
    const slo = slos.find((each) => each.service === service && each.name === name);
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
      alone: planned([slo], slo, address),
      sent: planned(slos, slo, address),
      reason: null,
    };
  }
}

function planned(slos: readonly Slo[], slo: Slo, address: string | null): readonly SentQueryView[] {
  const asked = slos.filter((each) => each.datasource === slo.datasource && !isComposite(each));
  return describedPlan(asked, RANGE_SECONDS, LIVE_STEP_SECONDS)
    .filter((query) => query.slos.includes(sloId(slo)))
    .map((query) => sentView(query, address));
}

function sentView({ kind, query, slos }: PlannedQuery, address: string | null): SentQueryView {
  const show = kind === 'samples' ? 'table' : 'graph';
  return { kind, query, slos: slos.length, link: expressionLink(address, query, show) };
}
