import { Body, Controller, Delete, Get, Param, Post, Query, Res } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiResponse,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { RequireAccess } from '../auth/access';
import { Caller, type CallerIs } from '../auth/caller';
import { FreshLists } from './fresh-lists';
import { EditExclusions, type Impact } from './edit-exclusions';
import {
  CreateExclusion,
  DryRunQuery,
  ExclusionPage,
  ExclusionPath,
  ExclusionQuery,
  ExclusionView,
} from './exclusions.dto';
import { ImpactView } from './impact.dto';
import { ReadExclusions } from './read-exclusions';
import { rfc3339 } from '../domain/instant';

const OK = 200;
const CREATED = 201;
const impactSchema = { schema: { $ref: getSchemaPath(ImpactView) } };
const rowOrImpact = {
  schema: { oneOf: [{ $ref: getSchemaPath(ExclusionView) }, impactSchema.schema] },
};

/** Time that is not counted: subtracted when reading, so that it can be added or taken back at any time. */
@ApiTags('exclusions')
@ApiExtraModels(ExclusionView, ImpactView)
@Controller('api/v1/exclusions')
export class ExclusionsController {
  constructor(
    private readonly edit: EditExclusions,
    private readonly read: ReadExclusions,
    private readonly lists: FreshLists,
  ) {}

  /** Those of definitions too, and the revoked ones: what they changed must stay explainable. */
  @RequireAccess('viewer')
  @Get()
  @ApiOperation({ summary: 'All exclusions, with when they are in effect' })
  list(@Query() query: ExclusionQuery): Promise<ExclusionPage> {
    return this.read.list(query);
  }

  @RequireAccess('viewer')
  @Get(':id')
  @ApiOperation({ summary: 'One exclusion' })
  one(@Param() { id }: ExclusionPath): Promise<ExclusionView> {
    return this.read.one(id);
  }

  /** Every figure that is asked for afterwards obeys it; lists and `/metrics` of other replicas with their next tick. */
  @RequireAccess('editor')
  @Post()
  @ApiOperation({ summary: 'Exclude time, past or future, once or by a rule' })
  @ApiResponse({ status: CREATED, type: ExclusionView })
  @ApiResponse({ status: OK, description: 'With `dryRun=true`: what it would do', ...impactSchema })
  async add(
    @Body() asked: CreateExclusion,
    @Query() { dryRun }: DryRunQuery,
    @Caller() caller: CallerIs,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ExclusionView | ImpactView> {
    if (dryRun === 'true') {
      reply.status(OK);
      return this.impactView(await this.edit.wouldAdd(asked, caller));
    }
    const added = await this.edit.add(asked, caller);
    await this.lists.make();
    return this.read.view(added);
  }

  /** Restores every figure as it was before; the row stays, with who took it back. */
  @RequireAccess('editor')
  @Delete(':id')
  @ApiOperation({ summary: 'Revoke an exclusion' })
  @ApiOkResponse({ description: 'The row; with `dryRun=true` what it would do', ...rowOrImpact })
  async revoke(
    @Param() { id }: ExclusionPath,
    @Query() { dryRun }: DryRunQuery,
    @Caller() caller: CallerIs,
  ): Promise<ExclusionView | ImpactView> {
    const row = await this.read.row(id);
    if (dryRun === 'true') return this.impactView(await this.edit.wouldRevoke(row));
    const revoked = await this.edit.revoke(row, caller);
    await this.lists.make();
    return this.read.view(revoked);
  }

  private impactView({ at, row, slos, items }: Impact): ImpactView {
    return {
      dryRun: true,
      at: rfc3339(Math.floor(at)),
      exclusion: this.read.view(row),
      slos,
      items,
    };
  }
}
