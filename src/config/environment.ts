import { parseSeconds } from '../domain/duration';
import { InvalidValue } from '../domain/invalid-value';
import { isTimeZone } from '../yaml/formats';

export type Env = Readonly<Record<string, string | undefined>>;

/** Environment variables, read with their faults collected; an empty one counts as not set. */
export class Environment {
  private readonly found: string[] = [];

  constructor(private readonly env: Env) {}

  get faults(): readonly string[] {
    return this.found;
  }

  text(name: string): string | null {
    const value = this.env[name]?.trim();
    return value === undefined || value === '' ? null : value;
  }

  choice<T extends string>(name: string, values: readonly [T, ...T[]], fallback: T): T {
    const value = this.text(name);
    if (value === null) return fallback;
    const known = values.find((each) => each === value);
    if (known === undefined) this.refuse(name, value, values.join(', '));
    return known ?? fallback;
  }

  /** Whole seconds, written as a duration. */
  seconds(name: string, fallback: string, most: string): number {
    const value = this.text(name) ?? fallback;
    try {
      const seconds = parseSeconds(value);
      if (seconds <= parseSeconds(most)) return seconds;
      this.refuse(name, value, `1s to ${most}`);
    } catch (error) {
      if (!(error instanceof InvalidValue)) throw error;
      this.refuse(name, value, `${error.allowed}, 1s to ${most}`);
    }
    return parseSeconds(fallback);
  }

  port(name: string, fallback: number): number {
    const value = this.text(name) ?? String(fallback);
    const port = /^\d{1,5}$/.test(value) ? Number(value) : Number.NaN;
    if (port >= 0 && port <= 65_535) return port;
    this.refuse(name, value, 'a port from 0 (any free one) to 65535');
    return fallback;
  }

  host(name: string, fallback: string): string {
    const value = this.text(name) ?? fallback;
    if (/^[0-9a-zA-Z.:_-]{1,255}$/.test(value)) return value;
    this.refuse(name, value, 'an address or a host name such as 127.0.0.1, 0.0.0.0 or ::');
    return fallback;
  }

  timeZone(name: string, fallback: string): string {
    const value = this.text(name) ?? fallback;
    if (!isTimeZone(value)) this.refuse(name, value, 'an IANA time zone such as Europe/Berlin');
    return value;
  }

  refuse(name: string, value: string, allowed: string): void {
    this.complain(`${name} is ${JSON.stringify(value)}, allowed: ${allowed}`);
  }

  /** For secrets, whose value no message may show. */
  complain(message: string): void {
    this.found.push(message);
  }
}
