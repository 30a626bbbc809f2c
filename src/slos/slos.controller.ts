import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiExtraModels, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Defined } from '../definitions/registry';
import { Objective } from '../domain/objective';
import { sloId } from '../domain/slo';
import { windowName } from '../domain/slo-window';
import { Figurer } from '../evaluation/figurer';
import type { Figures } from '../evaluation/figures';
import { RequireAccess } from '../auth/access';
import { accepted } from '../http/accepted';
import { withoutLabels } from '../http/label-filters';
import { DefinitionHistory } from '../ledger/definition-history';
import { revisionOf } from '../ledger/revision';
import { foundInstant } from './asked-instant';
import { AtQuery, BudgetQuery, HistoryQuery, RetiredQuery } from './figure-query.dto';
import { chosenGroup, nothingCollected } from './find-slo';
import { historySpan } from './history-span';
import { LatestFigures } from './latest-figures';
import { Present } from './present';
import { revisionViews } from './revision-views';
import { SloFinder } from './slo-finder';
import {
  BudgetView,
  BurnRatesView,
  BurnWindowView,
  type DefinitionView,
  HistoryView,
  SloView,
} from './view-types';
import { rfc3339 } from '../domain/instant';
import { budgetView, burnRatesView, historyView, sloRow } from './views';

type RawQuery = Readonly<Record<string, unknown>>;

/** What is defined and how it is doing, one SLO at a time. A grouped SLO answers for all groups, or for `label.<name>=…`. */
@ApiTags('slos')
@ApiExtraModels(BurnWindowView)
@Controller('api/v1/slos')
export class SlosController {
  constructor(
    private readonly finder: SloFinder,
    private readonly latest: LatestFigures,
    private readonly figurer: Figurer,
    private readonly present: Present,
    private readonly definitions: DefinitionHistory,
  ) {}

  /** The definition, where it is written, and the latest figures. */
  @RequireAccess('viewer')
  @Get(':service/:name')
  @ApiOperation({ summary: 'One SLO: its definition and latest figures' })
  async one(
    @Param('service') service: string,
    @Param('name') name: string,
    @Query() { retired }: RetiredQuery,
  ): Promise<SloView> {
    const entry = await this.finder.find(service, name, retired === 'true');
    const { slo } = entry;
    const own = this.latest.current().figures.filter(({ slo: its }) => sloId(its) === sloId(slo));
    return {
      slo: sloId(slo),
      description: slo.description,
      team: slo.team,
      labels: slo.labels,
      definition: definitionView(entry),
      retiredAt: entry.retiredAt === null ? null : rfc3339(entry.retiredAt),
      revisions: revisionViews(await this.definitions.revisionsOf(slo.service, slo.name)),
      figures: own.map(sloRow),
    };
  }

  /** The budget now, at a past instant, or for another objective. */
  @RequireAccess('viewer')
  @Get(':service/:name/budget')
  @ApiOperation({ summary: 'Error budget, at any instant and for any objective' })
  @ApiQuery({ type: BudgetQuery })
  async budget(
    @Param('service') service: string,
    @Param('name') name: string,
    @Query() query: RawQuery,
  ): Promise<BudgetView> {
    const { objective, ...when } = accepted(BudgetQuery, withoutLabels(query));
    const asked = objective === undefined ? {} : { objective: Objective.parse(objective) };
    return budgetView(await this.figures(service, name, query, when, asked));
  }

  /** Burn over every window, and the alert tiers. */
  @RequireAccess('viewer')
  @Get(':service/:name/burn-rates')
  @ApiOperation({ summary: 'Burn rates over every window' })
  @ApiQuery({ type: AtQuery })
  async burnRates(
    @Param('service') service: string,
    @Param('name') name: string,
    @Query() query: RawQuery,
  ): Promise<BurnRatesView> {
    const when = accepted(AtQuery, withoutLabels(query));
    return burnRatesView(await this.figures(service, name, query, when, {}));
  }

  /** Events, SLI, remaining budget and burn as series. */
  @RequireAccess('viewer')
  @Get(':service/:name/history')
  @ApiOperation({ summary: 'Figures over time' })
  @ApiQuery({ type: HistoryQuery })
  async history(
    @Param('service') service: string,
    @Param('name') name: string,
    @Query() query: RawQuery,
  ): Promise<HistoryView> {
    const asked = accepted(HistoryQuery, withoutLabels(query));
    const entry = await this.finder.find(service, name, asked.retired === 'true');
    const group = chosenGroup(entry, query);
    const span = historySpan(asked, entry.slo, this.present);
    const history = await this.figurer.history({ slo: entry.slo, group, ...span });
    if (history === null) throw nothingCollected(entry, group);
    return historyView(entry.slo, group, history, span);
  }

  private async figures(
    service: string,
    name: string,
    query: RawQuery,
    { at, retired }: AtQuery,
    asked: { readonly objective?: Objective },
  ): Promise<Figures> {
    const entry = await this.finder.find(service, name, retired === 'true');
    const group = chosenGroup(entry, query);
    const instant = foundInstant(entry, at, this.present);
    const isNow = at === undefined && asked.objective === undefined;
    const figures =
      isNow && entry.retiredAt === null
        ? await this.latest.of(entry.slo, group, instant)
        : await this.figurer.figures({ slo: entry.slo, group, at: instant, ...asked });
    if (figures === null) throw nothingCollected(entry, group);
    return figures;
  }
}

function definitionView({ slo, place, stale, api }: Defined): DefinitionView {
  return {
    origin: api === undefined ? 'file' : 'api',
    file: place.file,
    line: place.line,
    stale,
    objective: slo.objective.text,
    window: windowName(slo.window),
    sli: slo.sli,
    groupBy: slo.groupBy,
    budgeting: slo.budgeting.kind,
    noData: slo.noData,
    datasource: slo.datasource,
    revision: revisionOf(slo),
    counting: slo.counting,
    runbook: slo.alerting.runbook,
  };
}
