import type { DatasourceConfig } from '../config/config';
import { InvalidValue } from '../domain/invalid-value';

/**
 * The address before `/api/v1`, with its path prefix.
 *
 * @throws InvalidValue for what would be lost or would leak: user and password, query, fragment.
 *   The value shown has no password in it.
 */
export function endpointOf(datasource: Pick<DatasourceConfig, 'name' | 'url'>): string {
  const what = `url of data source ${datasource.name}`;
  const allowed = 'http:// or https://, a host and perhaps a path';
  if (!URL.canParse(datasource.url)) throw new InvalidValue(what, shown(datasource.url), allowed);
  const url = new URL(datasource.url);
  if (url.username !== '' || url.password !== '') {
    const instead = `${allowed}; credentials belong into basicAuth or bearerTokenFile`;
    throw new InvalidValue(what, `${url.protocol}//***@${url.host}${url.pathname}`, instead);
  }
  if (!/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '') {
    throw new InvalidValue(what, shown(datasource.url), allowed);
  }
  return url.origin + url.pathname.replace(/\/+$/, '');
}

function shown(url: string): string {
  return url.replace(/\/\/[^/]*@/, '//***@');
}
