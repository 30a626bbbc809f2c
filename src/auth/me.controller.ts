import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CONFIG, type Config } from '../config/config';
import { RequireAccess } from './access';
import { Caller, type CallerIs } from './caller';
import { MeView } from './me.dto';

/** The version of this service, as its package names it. */
export abstract class OwnVersion {
  abstract readonly version: string;
}

const OF_TOKEN = 'token:';

/** What a page has to know before it shows what somebody may do. */
@ApiTags('access')
@Controller('api/v1/me')
export class MeController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly own: OwnVersion,
  ) {}

  /** Never kept by a browser: another token is somebody else. */
  @RequireAccess('viewer')
  @Get()
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Who asks, what they may do, and what answers' })
  me(@Caller() { id, role }: CallerIs): MeView {
    const { auth, reportTimeZone, datasources, evaluationIntervalSeconds } = this.config;
    return {
      id,
      name: id.startsWith(OF_TOKEN) ? id.slice(OF_TOKEN.length) : null,
      role,
      auth,
      version: this.own.version,
      reportTimeZone,
      datasources: datasources.map(({ name }) => name),
      evaluationIntervalSeconds,
    };
  }
}
