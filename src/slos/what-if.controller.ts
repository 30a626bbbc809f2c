import { Controller, Get, NotFoundException, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { RequireAccess } from '../auth/access';
import { Objective } from '../domain/objective';
import { sloId } from '../domain/slo';
import { WhatIfs } from '../evaluation/what-if';
import { accepted } from '../http/accepted';
import { withoutLabels } from '../http/label-filters';
import { chosenGroup } from './find-slo';
import { Present } from './present';
import { SloFinder } from './slo-finder';
import { alertReplayView, strictestView } from './replay-views';
import { budgetView } from './views';
import { whatIfSpan } from './what-if-span';
import { WhatIfView } from './what-if-view-types';
import { WhatIfQuery } from './what-if.dto';

/** Other objectives for SLOs that exist, from what the ledger has counted. */
@ApiTags('slos')
@Controller('api/v1/slos')
export class WhatIfController {
  constructor(
    private readonly finder: SloFinder,
    private readonly whatIfs: WhatIfs,
    private readonly present: Present,
  ) {}

  /**
   * The budget by another objective, the alerts that would have fired, and the strictest objective
   * that was met. All groups are taken together unless `label.<name>=…` chooses one; alerts are
   * sent for each group alone.
   */
  @RequireAccess('viewer')
  @Get(':service/:name/what-if')
  @ApiOperation({ summary: 'Another objective: its budget and the alerts that would have fired' })
  @ApiQuery({ type: WhatIfQuery })
  async whatIf(
    @Param('service') service: string,
    @Param('name') name: string,
    @Query() query: Readonly<Record<string, unknown>>,
  ): Promise<WhatIfView> {
    const entry = await this.finder.find(service, name, false);
    const { slo } = entry;
    const group = chosenGroup(entry, query);
    const asked = accepted(WhatIfQuery, withoutLabels(query));
    const objective =
      asked.objective === undefined ? slo.objective : Objective.parse(asked.objective);
    const span = whatIfSpan(asked, this.present);
    const answer = await this.whatIfs.ask({ slo, group, objective, ...span });
    if (answer === null) {
      const which = `${sloId(slo)} with ${JSON.stringify(group)}`;
      throw new NotFoundException(`nothing has been collected for ${which} yet`);
    }
    const { figures, replay, strictest, strictestThroughout } = answer;
    return {
      slo: sloId(slo),
      group,
      objective: objective.text,
      ownObjective: slo.objective.text,
      budget: budgetView(figures),
      alerts: alertReplayView(replay),
      strictestObjective: strictestView(strictest, figures.scale),
      strictestObjectiveThroughout: strictestView(strictestThroughout, figures.scale),
    };
  }
}
