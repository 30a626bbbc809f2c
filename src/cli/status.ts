import { coloursWanted } from './colours';
import { fetchSlos, serviceAt } from './service-client';
import { statusTable } from './status-table';

export interface StatusOptions {
  readonly url: string;
  readonly service?: string;
  readonly json?: boolean;
}

/** `slowburn status`: how everything is doing, asked of a running service. */
export async function status(options: StatusOptions): Promise<number> {
  const filter = options.service === undefined ? {} : { service: options.service };
  const rows = await fetchSlos(serviceAt(options.url), filter);
  console.log(
    options.json === true ? JSON.stringify({ items: rows }) : statusTable(rows, coloursWanted()),
  );
  return 0;
}
