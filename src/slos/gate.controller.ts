import { Controller, Get, Param, Query } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import { RequireAccess } from '../auth/access';
import { accepted } from '../http/accepted';
import { ProblemWith } from '../http/problem-with';
import { labelFilters, withoutLabels } from '../http/label-filters';
import { chosenGroup } from './find-slo';
import { GateQuery, GatesQuery } from './gate.dto';
import { GatesView, GateView } from './gate-view.dto';
import { gatesView } from './gate-views';
import { Gates } from './gates';
import { SloFinder } from './slo-finder';

type RawQuery = Readonly<Record<string, unknown>>;

const CLOSED = { type: 'urn:slowburn:problem:gate-closed', title: 'Gate closed' };
const CONFLICT = 'One may not: a problem whose other members are those of the answer 200';

/** May we deploy? 200 says yes, 409 no, both with all that the decision rests on. */
@ApiTags('gate')
@Controller('api/v1')
export class GateController {
  constructor(
    private readonly finder: SloFinder,
    private readonly gates: Gates,
  ) {}

  /** By one SLO. Of a grouped one the worst group decides, unless `label.<name>=…` chooses one. */
  @RequireAccess('viewer')
  @Get('slos/:service/:name/gate')
  @ApiOperation({ summary: 'May we deploy, by the budget policy of one SLO?' })
  @ApiQuery({ type: GateQuery })
  @ApiOkResponse({ type: GateView, description: 'One may deploy' })
  @ApiConflictResponse({ type: GateView, description: CONFLICT })
  async one(
    @Param('service') service: string,
    @Param('name') name: string,
    @Query() query: RawQuery,
  ): Promise<GateView> {
    const { closed } = accepted(GateQuery, withoutLabels(query));
    const entry = await this.finder.find(service, name, false);
    return orClosed(await this.gates.one(entry, chosenGroup(entry, query)), closed);
  }

  /** By all SLOs of a service, a team, or with labels (`label.<name>=…`): the worst decides. */
  @RequireAccess('viewer')
  @Get('gate')
  @ApiOperation({ summary: 'May we deploy, by all SLOs of a service?' })
  @ApiQuery({ type: GatesQuery })
  @ApiOkResponse({ type: GatesView, description: 'One may deploy' })
  @ApiConflictResponse({ type: GatesView, description: CONFLICT })
  async matching(@Query() query: RawQuery): Promise<GatesView> {
    const asked = accepted(GatesQuery, withoutLabels(query));
    return orClosed(gatesView(await this.gates.matching(asked, labelFilters(query))), asked.closed);
  }
}

function orClosed<T extends { readonly mayDeploy: boolean; readonly explanation: string }>(
  answer: T,
  closed: GateQuery['closed'],
): T {
  if (answer.mayDeploy || closed === '200') return answer;
  throw new ProblemWith(409, CLOSED, answer.explanation, answer);
}
