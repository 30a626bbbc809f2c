import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { toMillisecond } from '../domain/instant';
import { RequireAccess } from '../auth/access';
import { formatSeconds } from '../domain/duration';
import { sloId } from '../domain/slo';
import { accepted } from '../http/accepted';
import { keysetPage } from '../http/keyset-page';
import { labelFilters, withoutLabels } from '../http/label-filters';
import type { StoredAlert } from './alert';
import { AlertLog } from './alert-log';
import { AlertPage, AlertsQuery, type AlertView } from './alerts.dto';

/** Alerts that fire and that did, also pages that a guard held back. */
@ApiTags('alerts')
@Controller('api/v1/alerts')
export class AlertsController {
  constructor(private readonly log: AlertLog) {}

  /** Newest first. */
  @RequireAccess('viewer')
  @Get()
  @ApiOperation({ summary: 'Firing and past alerts, newest first' })
  @ApiQuery({ type: AlertsQuery })
  async list(@Query() asked: Readonly<Record<string, unknown>>): Promise<AlertPage> {
    const query = accepted(AlertsQuery, withoutLabels(asked));
    const labels = labelFilters(asked);
    const { state, severity, alertname, slo, from, to } = query;
    const [ofSlo, name] = slo?.split('/') ?? [];
    const service = query.service ?? ofSlo;
    if (ofSlo !== undefined && ofSlo !== service) return { items: [], nextCursor: null };
    const filter = {
      ...{ state, severity, alertname, service, name },
      labels: labels.length === 0 ? undefined : Object.fromEntries(labels),
      from: from === undefined ? undefined : Date.parse(from) / 1000,
      to: to === undefined ? undefined : Date.parse(to) / 1000,
    };
    const { items, nextCursor } = await keysetPage(
      query,
      /^\d{1,18}$/,
      ({ id }: StoredAlert) => id,
      (after, limit) => this.log.list(filter, after, limit),
    );
    return { items: items.map(alertView), nextCursor };
  }
}

function alertView(alert: StoredAlert): AlertView {
  const { windows, atStart, startedAt, endedAt } = alert;
  return {
    id: alert.id,
    alertname: alert.alertname,
    slo: sloId(alert),
    group: alert.group,
    kind: alert.kind,
    severity: alert.severity,
    tier: windows?.tier ?? null,
    long: windows === null ? null : formatSeconds(windows.longSeconds),
    short: windows === null ? null : formatSeconds(windows.shortSeconds),
    factor: windows?.factor ?? null,
    state: endedAt === null ? 'firing' : 'resolved',
    startedAt: toMillisecond(startedAt),
    endedAt: endedAt === null ? null : toMillisecond(endedAt),
    endedBy: alert.endedBy,
    burnLong: atStart.burnLong,
    burnShort: atStart.burnShort,
    heldBy: alert.heldBy,
    atStart,
    atEnd: alert.atEnd,
    labels: alert.labels,
    annotations: alert.annotations,
  };
}
