import { GatewayTimeoutException } from '@nestjs/common';
import { MINUTE_SECONDS } from '../domain/duration';
import { SourceFailure } from '../collection/series-source';
import type { Config } from '../config/config';
import { validatePaths } from '../definitions/validate-paths';
import type { PlacedSlo } from '../definitions/reading';
import { Previews } from '../preview/previews';
import type { SloPreviewView } from '../preview/preview-view-types';
import { sloPreviewView } from '../preview/preview-views';
import { PrometheusSeriesSource } from '../prometheus/prometheus-series-source';
import { coloursWanted } from './colours';
import { CouldNotRun } from './could-not-run';
import { usableConfiguration } from './doctor';
import { previewTable } from './preview-table';
import { problemText } from './problem-text';
import { Progress } from './progress';
import { mustBeReadable } from './validate';

/** For each SLO; people at a terminal wait longer than those before a browser. */
const DEADLINE_SECONDS = 300;

/**
 * `slowburn preview`: what definitions would have said of the last 30 days, asked of the data sources
 * of this configuration; no service is needed. 0 when every SLO could be counted, 1 when a
 * definition is refused or cannot be counted, 2 when a data source could not be asked.
 */
export async function preview(
  paths: readonly string[],
  options: { readonly json?: boolean },
): Promise<number> {
  for (const path of paths) await mustBeReadable(path);
  const { config } = usableConfiguration();
  const datasources = config.datasources.map(({ name }) => name);
  const { slos, problems } = await validatePaths(paths, { datasources });
  const refused = problems.some(({ severity }) => severity === 'error');
  const items = refused ? [] : await previewed(slos, config);
  if (options.json === true) {
    console.log(JSON.stringify({ items, problems }));
  } else {
    for (const problem of problems)
      console.error(problemText(problem, coloursWanted(process.stderr)));
    if (!refused) console.log(previewTable(items, coloursWanted()));
  }
  return refused || items.some(({ reason }) => reason !== null) ? 1 : 0;
}

/** One after the other, so that the points of one SLO are in memory at once. */
async function previewed(
  slos: readonly PlacedSlo[],
  config: Config,
): Promise<readonly SloPreviewView[]> {
  const source = new PrometheusSeriesSource(config.datasources);
  const intervals = new Map(
    config.datasources.map(({ name, scrapeIntervalSeconds }) => [name, scrapeIntervalSeconds]),
  );
  const now = (): number => Date.now() / 1000;
  const previews = new Previews(source, {
    scrapeIntervalSeconds: (name) => intervals.get(name) ?? 15,
    now,
    due: () => Math.floor((now() - config.queryDelaySeconds) / MINUTE_SECONDS) * MINUTE_SECONDS,
    deadlineSeconds: DEADLINE_SECONDS,
    defined: () => slos.map(({ slo }) => slo),
  });
  const progress = new Progress('reading history');
  const onProgress = (piece: 'found' | 'read'): void => {
    if (piece === 'found') progress.expect(1);
    else progress.advance();
  };
  try {
    const items: SloPreviewView[] = [];
    progress.expect(slos.length);
    for (const { slo } of slos) {
      const found = await previews.of([slo], new AbortController().signal, onProgress);
      items.push(...found.map(sloPreviewView));
      progress.advance();
    }
    return items;
  } catch (error) {
    const late = error instanceof GatewayTimeoutException;
    if (!late && !(error instanceof SourceFailure)) throw error;
    throw new CouldNotRun(error.message, { cause: error });
  } finally {
    progress.stop();
    source.close();
  }
}
