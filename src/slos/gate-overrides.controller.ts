import {
  Body,
  Controller,
  Delete,
  Get,
  NotFoundException,
  Param,
  Post,
  Query,
} from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireAccess } from '../auth/access';
import { Caller, type CallerIs } from '../auth/caller';
import { DAY_SECONDS, MINUTE_SECONDS, parseSeconds } from '../domain/duration';
import { InvalidValue } from '../domain/invalid-value';
import { sloId } from '../domain/slo';
import { keysetPage } from '../http/keyset-page';
import { PageQuery } from '../http/page.dto';
import { OpenGate } from './gate.dto';
import { type GateOverride, GateOverrides } from './gate-overrides';
import { GateOverridePage, GateOverrideView } from './gate-view.dto';
import { gateOverrideView } from './gate-views';
import { Present } from './present';
import { SloFinder } from './slo-finder';

const LONGEST_SECONDS = 30 * DAY_SECONDS;

/** A gate that is opened against its policy: by whom, why and until when is kept, and in the audit. */
@ApiTags('gate')
@Controller('api/v1/slos/:service/:name/gate/override')
export class GateOverridesController {
  constructor(
    private readonly finder: SloFinder,
    private readonly overrides: GateOverrides,
    private readonly present: Present,
  ) {}

  /** From now on, on every replica; it takes the place of one that is in force. */
  @RequireAccess('editor')
  @Post()
  @ApiOperation({ summary: 'Let deployments through against the budget policy, for a time' })
  async open(
    @Param('service') service: string,
    @Param('name') name: string,
    @Body() { reason, expiresIn }: OpenGate,
    @Caller() caller: CallerIs,
  ): Promise<GateOverrideView> {
    const { slo } = await this.finder.find(service, name, false);
    const createdAt = this.present.now();
    const expiresAt = createdAt + lifeOf(expiresIn);
    const asked = { service: slo.service, name: slo.name, reason, createdAt, expiresAt };
    return gateOverrideView(await this.overrides.open(asked, caller));
  }

  /** The policy decides again at once. */
  @RequireAccess('editor')
  @Delete()
  @ApiOperation({ summary: 'Take back the override that is in force' })
  async revoke(
    @Param('service') service: string,
    @Param('name') name: string,
    @Caller() caller: CallerIs,
  ): Promise<GateOverrideView> {
    const { slo } = await this.finder.find(service, name, false);
    const ended = await this.overrides.revoke(slo, this.present.now(), caller);
    if (ended === null) {
      throw new NotFoundException(`no override of the gate of ${sloId(slo)} is in force`);
    }
    return gateOverrideView(ended);
  }

  /** Newest first, with those that expired or were taken back. */
  @RequireAccess('viewer')
  @Get()
  @ApiOperation({ summary: 'Who opened the gate of an SLO, why and until when' })
  async list(
    @Param('service') service: string,
    @Param('name') name: string,
    @Query() query: PageQuery,
  ): Promise<GateOverridePage> {
    const { slo } = await this.finder.find(service, name, false);
    const { items, nextCursor } = await keysetPage(
      query,
      /^\d{1,18}$/,
      ({ id }: GateOverride) => id,
      (before, limit) => this.overrides.list(slo, before, limit),
    );
    return { items: items.map(gateOverrideView), nextCursor };
  }
}

function lifeOf(expiresIn: string): number {
  const seconds = parseSeconds(expiresIn);
  if (seconds >= MINUTE_SECONDS && seconds <= LONGEST_SECONDS) return seconds;
  throw new InvalidValue('expiresIn', expiresIn, '1m to 30d');
}
