/** One event as the stream carries it; JSON has no line breaks of its own. */
export function frame(event: string, data: object, id?: string): Buffer {
  const head = id === undefined ? '' : `id: ${id}\n`;
  return Buffer.from(`${head}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}

/** Keeps proxies from taking a quiet connection for a dead one. */
export const HEARTBEAT = Buffer.from(': still here\n\n');

/** After how long a browser comes back by itself. */
export const RETRY = Buffer.from('retry: 3000\n\n');
