import { type DynamicModule, Logger, Module } from '@nestjs/common';
import { ScheduleModule, SchedulerRegistry } from '@nestjs/schedule';
import { RuleBook } from './alerting/rules/rule-book';
import { RulesController } from './alerting/rules/rules.controller';
import { AuditController } from './auth/audit.controller';
import { AuditTrail } from './auth/audit-trail';
import { MeController, OwnVersion } from './auth/me.controller';
import { Tokens } from './auth/tokens';
import { TokensController } from './auth/tokens.controller';
import type { AtSources } from './authoring/edit-definitions';
import { authoringProviders } from './authoring/providers';
import { DefinitionsController } from './authoring/definitions.controller';
import { BackfillController } from './collection/backfill.controller';
import { BackfillRequests } from './collection/backfill-requests';
import { Backfiller } from './collection/backfiller';
import { Clock } from './collection/clock';
import { CollectionController } from './collection/collection.controller';
import { CollectionMonitor } from './collection/collection-status';
import { Collector } from './collection/collector';
import { Leases } from './collection/leases';
import { LedgerMonitor } from './collection/monitor';
import { SeriesSource } from './collection/series-source';
import { SloQueriesController } from './collection/slo-queries.controller';
import { SourceLinks } from './collection/source-links';
import { AlertLog } from './alerting/alert-log';
import { Alerting, LoggedFiring } from './alerting/alerting';
import { AlertsController } from './alerting/alerts.controller';
import { Delivery } from './alerting/delivery';
import { afterTickOf, lookingAhead } from './after-tick';
import { TickLoop } from './collection/tick-loop';
import { CONFIG, type Config } from './config/config';
import { ComposedRegistry } from './definitions/composed-registry';
import { FileRegistry } from './definitions/file-registry';
import { DefinitionRegistry, PastDefinitions } from './definitions/registry';
import { StoredPast } from './definitions/stored-past';
import { checkAgainstSource } from './doctor/at-save';
import { Doctor } from './doctor/doctor';
import { DoctorController } from './doctor/doctor.controller';
import { Board } from './evaluation/board';
import { CompositeBook } from './evaluation/composite-book';
import { CompositeLedger } from './evaluation/composite-ledger';
import { Evaluator } from './evaluation/evaluator';
import { LedgerFigurer } from './evaluation/ledger-figurer';
import { Rehearsals } from './evaluation/rehearsal';
import { Sparklines } from './evaluation/sparklines';
import { WhatIfs } from './evaluation/what-if';
import { EXCLUSION_CONTROLLERS, exclusionProviders } from './exclusions/providers';
import { HealthController } from './http/health.controller';
import { RunbookFolder, RunbooksController } from './http/runbooks.controller';
import { ReadinessProbe } from './http/readiness-probe';
import { DefinitionHistory } from './ledger/definition-history';
import { Ledger } from './ledger/ledger';
import { Lifecycle } from './lifecycle';
import { EventsController } from './live/events.controller';
import { liveOf } from './live/live';
import { MetricsController } from './metrics/metrics.controller';
import { MetricsPage } from './metrics/metrics-page';
import { dataSource } from './postgres/data-source';
import { Database } from './postgres/database';
import { openPool } from './postgres/pool';
import { PostgresAuditTrail } from './postgres/postgres-audit-trail';
import { PeriodFigurer } from './evaluation/period-figures';
import { REPORT_CONTROLLERS } from './reports/providers';
import { reportingOf } from './reporting';
import { PostgresReportArchive } from './postgres/postgres-report-archive';
import { PostgresAlertLog } from './postgres/postgres-alert-log';
import { PostgresDeliveryLog } from './postgres/postgres-delivery-log';
import { PostgresDefinitionHistory } from './postgres/postgres-definition-history';
import { PostgresDefinitionStore } from './postgres/postgres-definition-store';
import { PostgresGateOverrides } from './postgres/postgres-gate-overrides';
import { PostgresKeptInForce } from './postgres/postgres-kept-in-force';
import { PostgresExclusions } from './postgres/postgres-exclusions';
import { PostgresLeases } from './postgres/postgres-leases';
import { PostgresLedger } from './postgres/postgres-ledger';
import { PostgresMarkers } from './postgres/postgres-markers';
import { PostgresNotices } from './postgres/postgres-notices';
import { PostgresTokens } from './postgres/postgres-tokens';
import { PostgresWantedHistory } from './postgres/postgres-wanted-history';
import { PrometheusSeriesSource } from './prometheus/prometheus-series-source';
import { ThreadPress } from './printing/thread-press';
import { deliveryOf } from './receivers';
import { reportDeliveryOf } from './report-targets';
import { Present } from './slos/present';
import { SLO_CONTROLLERS, sloProviders } from './slos/providers';
import { FRESH_LISTS, presentOf, probeOf, replicaName, sourceLinksOf } from './plugs';
import { PreviewController } from './preview/preview.controller';
import { Previews } from './preview/previews';

/** What the application is built on; a test gives its own clock. */
export interface AppSettings {
  readonly config: Config;
  readonly databaseUrl: string;
  readonly clock: Clock;
  readonly version: string;
  /** The folder of the runbooks that come with the service. */
  readonly runbooks: string;
}

/** Outlives a slow tick; a dead replica's units are taken over at the tick after next. */
const LEASE_INTERVALS = 1.5;
/** Whoever waits longer for a preview has long looked elsewhere. */
const PREVIEW_SECONDS = 60;

/** Plugs the rooms together; no decision is taken here. */
@Module({})
export class AppModule {
  static of(settings: AppSettings): DynamicModule {
    const { config, clock, version } = settings;
    const pool = openPool(settings.databaseUrl, (error) => {
      new Logger('postgres').warn(`an idle connection broke: ${error.message}`);
    });
    const database = new Database(pool);
    const datasources = config.datasources.map(({ name }) => name);
    const files = new FileRegistry({ directory: config.sloDir, datasources });
    const source = new PrometheusSeriesSource(config.datasources, {}, () => Date.now() / 1000);
    const ledger = new PostgresLedger(database, config.historyRetentionSeconds);
    const tables = dataSource(settings.databaseUrl);
    const definitions = new PostgresDefinitionHistory(tables);
    const store = new PostgresDefinitionStore(tables, () => clock.now());
    const registry = new ComposedRegistry(files, store, { datasources });
    const past = new StoredPast(store);
    const kept = new PostgresKeptInForce(tables);
    const leases = new PostgresLeases(database, replicaName(config));
    const board = new Board();
    const exclusions = new PostgresExclusions(database, () => clock.now());
    const composites = new CompositeBook(registry, past);
    const reader = new CompositeLedger(ledger, composites, definitions);
    const figurer = new LedgerFigurer(reader, definitions, exclusions);
    const periods = new PeriodFigurer(reader, definitions, exclusions);
    const alertLog = new PostgresAlertLog(database);
    const firing = new LoggedFiring(alertLog);
    const stopwatch = () => performance.now() / 1000;
    const evaluator = new Evaluator(reader, board, stopwatch, definitions, firing, exclusions);
    const alerting = new Alerting(board, alertLog, config);
    const notices = new PostgresNotices(database, replicaName(config));
    const delivery = deliveryOf(config, clock, alertLog, notices);
    const scrapeIntervalSeconds = (name: string): number =>
      config.datasources.find((datasource) => datasource.name === name)?.scrapeIntervalSeconds ??
      15;
    const collector = new Collector(registry, source, ledger, leases, {
      queryDelaySeconds: config.queryDelaySeconds,
      // Leases expire by the database's clock, which runs in real time.
      leaseSeconds: clock.realSeconds(LEASE_INTERVALS * config.evaluationIntervalSeconds),
      scrapeIntervalSeconds,
      meanwhile: (dueEnd) => lookingAhead(evaluator, registry, dueEnd),
    });
    const rules = {
      evaluationSeconds: config.evaluationIntervalSeconds,
      queryDelaySeconds: config.queryDelaySeconds,
      scrapeIntervalSeconds,
      links: config,
    };
    const ruleBook = new RuleBook(registry, rules, () => clock.now());
    const doctor = new Doctor(source, source, clock, { scrapeIntervalSeconds, ledger });
    const atSources: AtSources = (text, slos) => checkAgainstSource(text, slos, doctor);
    const previews = new Previews(source, {
      scrapeIntervalSeconds,
      now: () => clock.now(),
      due: () => collector.dueEnd(clock.now()),
      exclusions,
      defined: () => registry.current().defined.map(({ slo }) => slo),
      deadlineSeconds: PREVIEW_SECONDS,
    });
    const wanted = new PostgresWantedHistory(database);
    const retentionSeconds = config.historyRetentionSeconds;
    const backfiller = new Backfiller(collector, source, ledger, wanted, retentionSeconds);
    const requests = new BackfillRequests(registry, ledger, wanted, {
      now: () => clock.now(),
      retentionSeconds,
    });
    const monitor = new LedgerMonitor(
      registry,
      ledger,
      () => board.current(),
      source,
      collector,
      backfiller,
      clock,
    );
    const archive = new PostgresReportArchive(database);
    const reportLog = new PostgresDeliveryLog(database, replicaName(config));
    const press = new ThreadPress();
    const reportDelivery = reportDeliveryOf(config, clock, archive, reportLog, press);
    const reporting = reportingOf({
      ...{ config, registry, past, store, periods, figurer, ledger, alertLog },
      ...{ archive, press },
      delivery: reportDelivery,
      clock: { now: () => clock.now(), latest: () => collector.dueEnd(clock.now()) },
    });
    const live = liveOf({
      ...{ board, alertLog },
      collecting: () => ({
        ...backfiller.progress,
        sources: source.datasources().map((name) => ({ name, up: source.health(name).up })),
      }),
    });
    const afterTick = afterTickOf({
      ...{ registry, definitions, ledger, clock, evaluator, alerting, delivery, live },
      ...{ closing: reporting.closing, reportDelivery },
    });
    return {
      module: AppModule,
      imports: [ScheduleModule.forRoot()],
      controllers: [
        AlertsController,
        RulesController,
        ...SLO_CONTROLLERS,
        ...EXCLUSION_CONTROLLERS,
        ...REPORT_CONTROLLERS,
        DefinitionsController,
        PreviewController,
        CollectionController,
        SloQueriesController,
        BackfillController,
        DoctorController,
        MetricsController,
        HealthController,
        RunbooksController,
        TokensController,
        AuditController,
        MeController,
        EventsController,
      ],
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: OwnVersion, useValue: { version } },
        { provide: Clock, useValue: clock },
        { provide: Doctor, useValue: doctor },
        { provide: RuleBook, useValue: ruleBook },
        { provide: DefinitionRegistry, useValue: registry },
        { provide: SeriesSource, useValue: source },
        { provide: SourceLinks, useValue: sourceLinksOf(config) },
        { provide: Ledger, useValue: ledger },
        { provide: DefinitionHistory, useValue: definitions },
        { provide: PastDefinitions, useValue: past },
        ...sloProviders({
          figurer,
          whatIfs: new WhatIfs(figurer, reader, exclusions),
          rehearsals: new Rehearsals(figurer, reader, exclusions),
          overrides: new PostgresGateOverrides(database),
          ...{ exclusions, sparklines: new Sparklines(reader, periods, exclusions) },
        }),
        ...exclusionProviders({
          exclusions,
          markers: new PostgresMarkers(database, () => clock.now()),
        }),
        ...reporting.providers,
        ...live.providers,
        ...authoringProviders({ registry, store, past, ledger, datasources, atSources }),
        { provide: Leases, useValue: leases },
        { provide: Tokens, useValue: new PostgresTokens(database) },
        { provide: AuditTrail, useValue: new PostgresAuditTrail(database) },
        { provide: Board, useValue: board },
        { provide: AlertLog, useValue: alertLog },
        { provide: RunbookFolder, useValue: { path: settings.runbooks } },
        { provide: Delivery, useValue: delivery },
        { provide: Previews, useValue: previews },
        { provide: CollectionMonitor, useValue: monitor },
        { provide: BackfillRequests, useValue: requests },
        { provide: Present, useValue: presentOf(clock, collector) },
        FRESH_LISTS,
        { provide: ReadinessProbe, useValue: probeOf(database, source, board) },
        {
          provide: MetricsPage,
          useValue: new MetricsPage(board, monitor, registry, {
            labels: config.metricLabels,
            compatibility: config.metricCompatibility,
            deliveries: () => delivery.deliveries(),
            reportDeliveries: () => reportDelivery.statuses(),
            version,
          }),
        },
        {
          provide: TickLoop,
          inject: [SchedulerRegistry],
          useFactory: (scheduler: SchedulerRegistry) =>
            new TickLoop(scheduler, clock, collector, backfiller, afterTick, {
              intervalSeconds: config.evaluationIntervalSeconds,
              offsetSeconds: config.queryDelaySeconds,
            }),
        },
        {
          provide: Lifecycle,
          inject: [TickLoop],
          useFactory: (loop: TickLoop) =>
            new Lifecycle(config.sloDir, files, registry, loop, pool, source, tables, kept),
        },
      ],
    };
  }
}
