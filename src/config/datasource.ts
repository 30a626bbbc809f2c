import { DAY_SECONDS, parseSeconds } from '../domain/duration';
import type { DatasourceConfig, DatasourceLimits } from './config';
import { readSourceAddress } from './source-address';
import { type Complain, readEndpoint, within, type WrittenEndpoint } from './endpoint';

/** A data source as the schema of slowburn.yaml lets it through. */
export interface WrittenDatasource extends WrittenEndpoint {
  readonly name: string;
  readonly externalUrl?: string;
  readonly scrapeInterval?: string;
  readonly parameters?: Readonly<Record<string, string | number | boolean>>;
  readonly limits?: { readonly maxConcurrent?: number; readonly deadline?: string };
  readonly rereadHorizon?: string;
  readonly outOfOrderWindow?: string;
}

export const DEFAULT_SCRAPE_INTERVAL = '15s';

/** Set by every query itself. */
const OWN_PARAMETERS = ['query', 'time', 'start', 'end', 'step', 'timeout', 'match[]', 'match'];

/** What holds for a source of which nothing else is written. */
export const DATASOURCE_DEFAULTS = {
  parameters: {},
  limits: {},
  rereadHorizonSeconds: 600,
  outOfOrderWindowSeconds: 3 * DAY_SECONDS,
} as const satisfies Partial<DatasourceConfig>;

/** @param directory where relative paths of files start */
export function readDatasource(
  written: WrittenDatasource,
  directory: string,
  complain: Complain,
): DatasourceConfig {
  const { name, scrapeInterval = DEFAULT_SCRAPE_INTERVAL } = written;
  for (const parameter of Object.keys(written.parameters ?? {})) {
    if (!OWN_PARAMETERS.includes(parameter)) continue;
    const message = `${parameter} is set by every query itself, allowed: other parameters`;
    complain(['parameters', parameter], 'error', message);
  }
  return {
    name,
    ...readEndpoint(written, directory, complain),
    ...readExternalUrl(written.externalUrl, complain),
    scrapeIntervalSeconds: parseSeconds(scrapeInterval),
    parameters: Object.fromEntries(
      Object.entries(written.parameters ?? {}).map(([key, value]) => [key, String(value)]),
    ),
    limits: readLimits(written.limits ?? {}, complain),
    ...readLateness(written, complain),
  };
}

function readExternalUrl(
  written: string | undefined,
  complain: Complain,
): Pick<DatasourceConfig, 'externalUrl'> {
  if (written === undefined) return {};
  const address = readSourceAddress(written, 'https://prometheus.example.com');
  if ('url' in address) return { externalUrl: address.url };
  complain(['externalUrl'], 'error', `externalUrl ${address.fault}`);
  return {};
}

function readLimits(
  { maxConcurrent, deadline }: NonNullable<WrittenDatasource['limits']>,
  complain: Complain,
): DatasourceLimits {
  return {
    ...(maxConcurrent === undefined ? {} : { maxConcurrent }),
    ...(deadline === undefined
      ? {}
      : {
          deadlineSeconds: within(deadline, ['limits', 'deadline'], '1s', '5m', complain),
        }),
  };
}

/** Minutes are kept for four days: what comes later than three could not be put in its place. */
function readLateness(
  { rereadHorizon, outOfOrderWindow }: WrittenDatasource,
  complain: Complain,
): Pick<DatasourceConfig, 'rereadHorizonSeconds' | 'outOfOrderWindowSeconds'> {
  const { rereadHorizonSeconds, outOfOrderWindowSeconds } = DATASOURCE_DEFAULTS;
  return {
    rereadHorizonSeconds:
      rereadHorizon === undefined
        ? rereadHorizonSeconds
        : within(rereadHorizon, ['rereadHorizon'], '1m', '1d', complain),
    outOfOrderWindowSeconds:
      outOfOrderWindow === undefined
        ? outOfOrderWindowSeconds
        : within(outOfOrderWindow, ['outOfOrderWindow'], '1m', '3d', complain),
  };
}
