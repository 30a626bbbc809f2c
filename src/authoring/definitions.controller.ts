import {
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Param,
  Post,
  Put,
  Query,
  Res,
} from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiExtraModels,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { RequireAccess } from '../auth/access';
import { Caller, type CallerIs } from '../auth/caller';
import { sloId } from '../domain/slo';
import { TakesText, TEXT_TYPES, TextBody } from '../http/text-body';
import type { ChangeOptions } from './definition-changes';
import { DefinitionQuery, DryRunQuery } from './definition-query.dto';
import {
  DefinitionChangesView,
  DefinitionEntry,
  DefinitionPage,
  ValidationView,
} from './definition-views';
import { EditDefinitions } from './edit-definitions';
import { ReadDefinitions } from './list-definitions';
import { changesView, problemViews } from './views';

const CREATED = 201;
const YAML = 'application/yaml';

const DefinitionText = (): MethodDecorator => (target, key, descriptor) => {
  ApiConsumes(...TEXT_TYPES)(target, key, descriptor);
  ApiBody({
    description: 'slowburn/v1, OpenSLO, Sloth or Pyrra as YAML or JSON, or one SLO of slowburn/v1',
    schema: { type: 'string' },
  })(target, key, descriptor);
};

const IfMatch = (): MethodDecorator =>
  ApiHeader({
    name: 'if-match',
    required: false,
    description: 'An ETag: change only this version',
  });

/** What is defined, by files and over the API; only the latter can be changed here. */
@ApiTags('definitions')
@ApiExtraModels(DefinitionEntry)
@Controller('api/v1/definitions')
export class DefinitionsController {
  constructor(
    private readonly edit: EditDefinitions,
    private readonly read: ReadDefinitions,
  ) {}

  /** Everything that is defined, with where it comes from and what is wrong with it. */
  @RequireAccess('viewer')
  @Get()
  @ApiOperation({ summary: 'All definitions, with their origin' })
  list(@Query() query: DefinitionQuery): Promise<DefinitionPage> {
    return this.read.list(query);
  }

  /** One definition; as YAML where `Accept` asks for `application/yaml`. */
  @RequireAccess('viewer')
  @Get(':service/:name')
  @ApiOperation({ summary: 'One definition, ready to be changed and sent back' })
  @ApiOkResponse({
    content: {
      'application/json': { schema: { $ref: getSchemaPath(DefinitionEntry) } },
      [YAML]: { schema: { type: 'string' } },
    },
  })
  async one(
    @Param('service') service: string,
    @Param('name') name: string,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DefinitionEntry | string> {
    const entry = await this.read.one({ service, name });
    if (entry.etag !== null) reply.header('etag', entry.etag);
    if (accept?.includes(YAML) !== true) return entry;
    reply.type(`${YAML}; charset=utf-8`);
    return entry.text;
  }

  /** Makes or replaces one definition; without `If-Match` whatever version is there. */
  @TakesText()
  @RequireAccess('editor')
  @Put(':service/:name')
  @ApiOperation({ summary: 'Make or replace a definition' })
  @DefinitionText()
  @IfMatch()
  @ApiHeader({ name: 'if-none-match', required: false, description: '`*`: only if it is new' })
  async put(
    @Param('service') service: string,
    @Param('name') name: string,
    @TextBody() text: string,
    @Query() query: DryRunQuery,
    @Headers('if-match') ifMatch: string | undefined,
    @Headers('if-none-match') ifNoneMatch: string | undefined,
    @Caller() caller: CallerIs,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DefinitionChangesView> {
    const options = { ...optionsOf(query, caller), preconditions: { ifMatch, ifNoneMatch } };
    const view = changesView(await this.edit.put({ service, name }, text, options), options, text);
    const [change] = view.items;
    const isNew = change?.outcome === 'created' || change?.outcome === 'resumed';
    if (!options.dryRun && isNew) reply.status(CREATED);
    if (typeof change?.etag === 'string') reply.header('etag', change.etag);
    return view;
  }

  /** Retires an SLO: its history stays readable, its metrics stop with the next tick. */
  @RequireAccess('editor')
  @Delete(':service/:name')
  @ApiOperation({ summary: 'Delete a definition; its history stays' })
  @IfMatch()
  async delete(
    @Param('service') service: string,
    @Param('name') name: string,
    @Query() query: DryRunQuery,
    @Headers('if-match') ifMatch: string | undefined,
    @Caller() caller: CallerIs,
  ): Promise<DefinitionChangesView> {
    const preconditions = { ifMatch, ifNoneMatch: undefined };
    const options = { ...optionsOf(query, caller), preconditions };
    return changesView(await this.edit.delete({ service, name }, options), options, '');
  }

  /** Makes or replaces every SLO of the text, or none; what it does not name stays. */
  @TakesText()
  @RequireAccess('editor')
  @Post('apply')
  @HttpCode(200)
  @ApiOperation({ summary: 'Make or replace many definitions, all or none' })
  @DefinitionText()
  async apply(
    @TextBody() text: string,
    @Query() query: DryRunQuery,
    @Caller() caller: CallerIs,
  ): Promise<DefinitionChangesView> {
    const options = optionsOf(query, caller);
    return changesView(await this.edit.apply(text, options), options, text);
  }

  /** What is wrong with a text, with every place; saves nothing. */
  @TakesText()
  @RequireAccess('editor')
  @Post('validate')
  @HttpCode(200)
  @ApiOperation({ summary: 'Check definitions without saving them' })
  @DefinitionText()
  async validate(@TextBody() text: string): Promise<ValidationView> {
    const { slos, problems, documents } = await this.edit.validate(text);
    return {
      valid: problems.every(({ severity }) => severity !== 'error'),
      slos: slos.map(({ slo }) => sloId(slo)),
      places: slos.map(({ slo, place: { line, column } }) => ({ slo: sloId(slo), line, column })),
      documents,
      problems: problemViews(problems, text),
    };
  }
}

function optionsOf({ dryRun }: DryRunQuery, { id, requestId, address }: CallerIs): ChangeOptions {
  return { dryRun: dryRun === 'true', by: { actor: id, requestId, address } };
}
