import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { keysetPage } from '../http/keyset-page';
import { RequireAccess } from './access';
import { type AuditEntry, AuditTrail } from './audit-trail';
import { AuditPage, AuditQuery } from './audit.dto';

/** Who changed what, and who was not let through. */
@ApiTags('access')
@Controller('api/v1/audit')
export class AuditController {
  constructor(private readonly audit: AuditTrail) {}

  /** Newest first. */
  @RequireAccess('admin')
  @Get()
  @ApiOperation({ summary: 'Every change and refused attempt, newest first' })
  async list(@Query() query: AuditQuery): Promise<AuditPage> {
    const { actor, action, subject, since } = query;
    const from = since === undefined ? undefined : Date.parse(since) / 1000;
    const { items, nextCursor } = await keysetPage(
      query,
      /^\d{1,18}$/,
      ({ id }: AuditEntry) => id,
      (after, limit) => this.audit.entries({ actor, action, subject, since: from }, after, limit),
    );
    return {
      items: items.map((entry) => ({ ...entry, at: new Date(entry.at * 1000).toISOString() })),
      nextCursor,
    };
  }
}
