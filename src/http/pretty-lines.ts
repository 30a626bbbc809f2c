import type { DestinationStream } from 'pino';

const OWN_PLACE = new Set(['timestamp', 'level', 'message', 'context', 'stack', 'error']);
/** Of a request; its message says them already. */
const SAID = new Set(['endpoint', 'method', 'status']);

/** Log lines for people: time, level, context, message, then the other fields as key=value. */
export class PrettyLines implements DestinationStream {
  constructor(private readonly destination: DestinationStream) {}

  write(line: string): void {
    const entry = JSON.parse(line) as Readonly<Record<string, unknown>>;
    const context = entry['context'] === undefined ? '' : `[${textOf(entry['context'])}] `;
    const fields = Object.entries(entry)
      .filter(([key, value]) => !OWN_PLACE.has(key) && !SAID.has(key) && value !== null)
      .map(([key, value]) => ` ${key}=${textOf(value)}`)
      .join('');
    const time = textOf(entry['timestamp']).replace('T', ' ').replace('Z', '');
    const head = `${time} ${textOf(entry['level']).padEnd(5)} ${context}`;
    this.destination.write(`${head}${textOf(entry['message'])}${fields}${stackOf(entry)}\n`);
  }
}

function stackOf(entry: Readonly<Record<string, unknown>>): string {
  const { stack, error } = entry;
  const text =
    stack ?? (typeof error === 'object' && error !== null && 'stack' in error ? error.stack : null);
  return typeof text === 'string' ? `\n${text}` : '';
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
