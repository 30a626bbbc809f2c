import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireAccess } from '../auth/access';
import { DefinitionRegistry } from '../definitions/registry';
import { CollectionMonitor, type SourceStatus } from './collection-status';
import { CollectionView, DatasourcesView, type SourceView } from './collection-views';
import { SourceLinks } from './source-links';

/** How collection is doing: what is behind, what is missing and what went wrong. */
@ApiTags('collection')
@Controller('api/v1')
export class CollectionController {
  constructor(
    private readonly monitor: CollectionMonitor,
    private readonly registry: DefinitionRegistry,
    private readonly links: SourceLinks,
  ) {}

  /** Lag, backfill, failures and the definition files' problems. */
  @RequireAccess('viewer')
  @Get('collection')
  @ApiOperation({ summary: 'Lag, backfill progress and what went wrong' })
  async collection(): Promise<CollectionView> {
    const { slos, streams, queriesPerTick, queries, lagSeconds, missedSteps, ...rest } =
      await this.monitor.status();
    const problems = this.registry
      .current()
      .problems.map(({ place, ...problem }) => ({ ...problem, ...place }));
    const { backfill, failures, warnings } = rest;
    const sources = this.views(rest.sources);
    return {
      slos,
      streams,
      queriesPerTick,
      queries,
      lagSeconds,
      missedSteps,
      backfill,
      sources,
      failures,
      warnings,
      problems,
    };
  }

  /** The data sources and how they answered lately. */
  @RequireAccess('viewer')
  @Get('datasources')
  @ApiOperation({ summary: 'Data sources and their health' })
  async datasources(): Promise<DatasourcesView> {
    return { items: this.views((await this.monitor.status()).sources) };
  }

  private views(sources: readonly SourceStatus[]): readonly SourceView[] {
    return sources.map((source) => ({ ...source, address: this.links.addressOf(source.name) }));
  }
}
