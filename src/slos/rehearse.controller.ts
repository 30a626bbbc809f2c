import { Body, Controller, HttpCode, NotFoundException, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireAccess } from '../auth/access';
import { parseSeconds } from '../domain/duration';
import { Objective } from '../domain/objective';
import { sloId } from '../domain/slo';
import { Rehearsals } from '../evaluation/rehearsal';
import { InvalidInput } from '../http/invalid-input';
import { withoutLabels } from '../http/label-filters';
import { chosenGroup } from './find-slo';
import { Present } from './present';
import { RehearsalView } from './rehearsal-view-types';
import { rehearsalView } from './rehearsal-views';
import { RehearseBody } from './rehearse.dto';
import { policiesAsked } from './rehearsed-policies';
import { SloFinder } from './slo-finder';
import { whatIfSpan } from './what-if-span';

/** Alert policies against what has happened. */
@ApiTags('slos')
@Controller('api/v1/slos')
export class RehearseController {
  constructor(
    private readonly finder: SloFinder,
    private readonly rehearsals: Rehearsals,
    private readonly present: Present,
  ) {}

  /**
   * What alert policies would have done, side by side: pages a month, how soon episodes were
   * noticed, what was spent by then. All groups are taken together unless `label.<name>=…` chooses
   * one; alerts are sent for each group alone.
   */
  @RequireAccess('viewer')
  @Post(':service/:name/rehearse')
  @HttpCode(200)
  @ApiOperation({ summary: 'Alert policies replayed over what was counted, side by side' })
  @ApiBody({ type: RehearseBody, required: false })
  async rehearse(
    @Param('service') service: string,
    @Param('name') name: string,
    @Query() query: Readonly<Record<string, unknown>>,
    @Body() body: RehearseBody,
  ): Promise<RehearsalView> {
    refuseOthers(withoutLabels(query));
    const entry = await this.finder.find(service, name, false);
    const { slo } = entry;
    const group = chosenGroup(entry, query);
    const span = whatIfSpan(body, this.present);
    const objective =
      body.objective === undefined ? slo.objective : Objective.parse(body.objective);
    const policies = policiesAsked(slo, body.policies, span.to);
    const rehearsed = policies.filter(({ reason }) => reason === null);
    const answer = await this.rehearsals.ask({
      ...{ slo, group, ...span },
      ...(body.objective !== undefined && { objective }),
      policies: rehearsed.map(({ policy }) => policy),
      mergeSeconds: body.merge === undefined ? 0 : parseSeconds(body.merge),
    });
    if (answer === null) {
      const which = `${sloId(slo)} with ${JSON.stringify(group)}`;
      throw new NotFoundException(`nothing has been collected for ${which} yet`);
    }
    return rehearsalView({ slo: { ...slo, objective }, group, ...span }, policies, answer);
  }
}

/** @throws InvalidInput for parameters that belong into the body, or nowhere */
function refuseOthers(query: Readonly<Record<string, unknown>>): void {
  const allowed = 'no such parameter, allowed: label.<name>; the rest stands in the body';
  const errors = Object.entries(query).map(([field, value]) => ({ field, value, allowed }));
  if (errors.length > 0) throw new InvalidInput(errors);
}
