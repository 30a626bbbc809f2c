import type { SourceFailureKind } from '../collection/series-source';

/** An answer, or the lack of one, that holds no figures; becomes the port's `SourceFailure`. */
export class BadAnswer extends Error {
  readonly kind: SourceFailureKind;
  /** Whether the same request may fare better in a moment. */
  readonly retry: boolean;
  readonly retryAfterSeconds: number | null;

  constructor(
    kind: SourceFailureKind,
    message: string,
    options: {
      readonly retry?: boolean;
      readonly retryAfterSeconds?: number | null;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'BadAnswer';
    this.kind = kind;
    this.retry = options.retry ?? false;
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
  }
}

const EXCERPT_CHARACTERS = 300;
const HEAD_CHARACTERS = 100;

/**
 * Foreign text made fit for a log line: one line, bounded, no passwords of URLs in it. What is
 * left out is from its middle: VictoriaMetrics repeats the query before it says what is wrong.
 */
export function excerpt(text: string): string {
  const line = text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\/\/[^/@\s]+@/g, '//***@')
    .trim();
  if (line.length <= EXCERPT_CHARACTERS) return line;
  const tail = line.slice(HEAD_CHARACTERS - EXCERPT_CHARACTERS);
  return `${line.slice(0, HEAD_CHARACTERS)}…${tail}`;
}

/** A text property of whatever was thrown; `instanceof Error` would miss errors of other realms. */
export function textOf(thrown: unknown, key: 'code' | 'message'): string | null {
  const value: unknown =
    typeof thrown === 'object' && thrown !== null
      ? (thrown as Readonly<Record<string, unknown>>)[key]
      : null;
  return typeof value === 'string' && value !== '' ? value : null;
}
