import { DataSource } from 'typeorm';
import { Streams } from '../../migrations/0001-streams';
import { Points } from '../../migrations/0002-points';
import { Partitions } from '../../migrations/0003-partitions';
import { CollectionUnits } from '../../migrations/0004-collection-units';
import { Audit } from '../../migrations/0005-audit';
import { HistoryForPeople } from '../../migrations/0006-history-for-people';
import { RuntimeRole } from '../../migrations/0007-runtime-role';
import { DefinitionRevisions } from '../../migrations/0008-definition-revisions';
import { Tokens } from '../../migrations/0009-tokens';
import { ApiDefinitions } from '../../migrations/0010-api-definitions';
import { Corrections } from '../../migrations/0011-corrections';
import { WantedHistory } from '../../migrations/0012-wanted-history';
import { ProvisionalSteps } from '../../migrations/0013-provisional-steps';
import { Exclusions } from '../../migrations/0014-exclusions';
import { Alerts } from '../../migrations/0015-alerts';
import { GateOverrides } from '../../migrations/0016-gate-overrides';
import { WebhookNotices } from '../../migrations/0018-webhook-notices';
import { ClosedReports } from '../../migrations/0019-closed-reports';
import { ReportDeliveries } from '../../migrations/0020-report-deliveries';
import { ApiDefinitionRow } from './api-definition.entity';
import { AuditRow } from './audit.entity';
import { DefinitionRevisionRow } from './definition-revision.entity';
import { PATIENCE } from './pool';

/** Listed: a glob finds whatever an older build left in the directory. */
export const MIGRATIONS = [
  Streams,
  Points,
  Partitions,
  CollectionUnits,
  Audit,
  HistoryForPeople,
  RuntimeRole,
  DefinitionRevisions,
  Tokens,
  ApiDefinitions,
  Corrections,
  WantedHistory,
  ProvisionalSteps,
  Exclusions,
  Alerts,
  GateOverrides,
  WebhookNotices,
  ClosedReports,
  ReportDeliveries,
] as const;

/** TypeORM's view of the database; points go around it, by plain SQL. */
export function dataSource(url: string): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    applicationName: 'slowburn',
    entities: [ApiDefinitionRow, AuditRow, DefinitionRevisionRow],
    migrations: [...MIGRATIONS],
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
    // Two instances that start together would both migrate: see migrate.ts.
    migrationsRun: false,
    synchronize: false,
    extra: { ...PATIENCE, keepAlive: true },
  });
}
