import { fetchSlos } from './service-client';
import { statusTable } from './status-table';

export interface StatusOptions {
  readonly url: string;
  readonly service?: string;
  readonly json?: boolean;
}

/** `slowburn status`: how everything is doing, asked of a running service. */
export async function status(options: StatusOptions): Promise<number> {
  const service = { url: options.url, token: process.env['SLOWBURN_TOKEN'] };
  const filter = options.service === undefined ? {} : { service: options.service };
  const rows = await fetchSlos(service, filter);
  console.log(
    options.json === true ? JSON.stringify({ items: rows }) : statusTable(rows, coloursWanted()),
  );
  return 0;
}

/** @see https://no-color.org */
function coloursWanted(): boolean {
  const { NO_COLOR: refused, FORCE_COLOR: forced } = process.env;
  if (refused !== undefined && refused !== '') return false;
  return process.stdout.isTTY || (forced !== undefined && forced !== '' && forced !== '0');
}
