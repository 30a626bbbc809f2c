import type { Provider } from '@nestjs/common';
import type { AlertLog } from './alerting/alert-log';
import type { Config } from './config/config';
import type { DefinitionRegistry, PastDefinitions } from './definitions/registry';
import type { Slo } from './domain/slo';
import type { Figurer } from './evaluation/figurer';
import type { PeriodFigurer } from './evaluation/period-figures';
import type { Ledger } from './ledger/ledger';
import type { PostgresDefinitionStore } from './postgres/postgres-definition-store';
import type { AlertsDuring } from './reports/alerts-during';
import { Closing } from './reports/closing';
import type { ReportDelivery } from './reports/delivery/report-delivery';
import { MonthlyReports } from './reports/monthly-reports';
import type { Press } from './reports/press';
import { reportProviders } from './reports/providers';
import type { ReportArchive } from './reports/report-archive';
import type { ReportClock } from './reports/report-clock';
import { ReportShelf } from './reports/report-shelf';
import { closedZones } from './report-targets';
import type { ReportedSlos } from './reports/reported-slos';

interface Parts {
  readonly config: Config;
  readonly registry: DefinitionRegistry;
  readonly past: PastDefinitions;
  readonly store: PostgresDefinitionStore;
  readonly periods: PeriodFigurer;
  readonly figurer: Figurer;
  readonly ledger: Ledger;
  readonly alertLog: AlertLog;
  readonly archive: ReportArchive;
  readonly clock: ReportClock;
  readonly delivery: ReportDelivery;
  readonly press: Press;
}

/** What makes, keeps and hands out the reports of months. */
export function reportingOf(parts: Parts): {
  readonly closing: Closing;
  readonly providers: readonly Provider[];
} {
  const { periods, figurer, ledger, alertLog, archive, clock, config } = parts;
  const { settleSeconds, notes } = config.reports;
  const alerts: AlertsDuring = {
    during: ({ from, to }) => alertLog.during(from, to),
    judgedSince: () => parts.store.definedSince(),
  };
  const reports = new MonthlyReports(periods, figurer, ledger, alerts, notes);
  const slos = reportedSlos(parts);
  const shelf = new ReportShelf(reports, slos, archive, clock);
  const closing = new Closing(reports, slos, archive, clock, {
    timeZones: closedZones(config),
    settleSeconds,
  });
  return {
    closing,
    providers: reportProviders({
      ...{ shelf, archive, closing },
      delivery: parts.delivery,
      press: parts.press,
    }),
  };
}

/** What is defined, and what was retired since. */
function reportedSlos({ registry, store, past }: Parts): ReportedSlos {
  return {
    firstDefinedAt: () => store.firstDefinedAt(),
    definedSince: () => store.definedSince(),
    since: async (from) => {
      const retired: Slo[] = [];
      for (const { service, name } of await store.retiredSince(from)) {
        const found = await past.find(service, name);
        if (found?.kind === 'retired' && found.defined !== null) retired.push(found.defined.slo);
      }
      return [...registry.current().defined.map(({ slo }) => slo), ...retired];
    },
  };
}
