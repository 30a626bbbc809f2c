import { DATASOURCE_DEFAULTS } from '../../src/config/datasource';
import type { DatasourceConfig } from '../../src/config/config';

/** A data source without credentials, as the configuration would hold it. */
export function datasource(url: string, over: Partial<DatasourceConfig> = {}): DatasourceConfig {
  return {
    ...DATASOURCE_DEFAULTS,
    name: 'default',
    url,
    scrapeIntervalSeconds: 15,
    headers: {},
    bearerTokenFile: null,
    basicAuth: null,
    tls: null,
    ...over,
  };
}
