const DEFAULT_URL = 'http://127.0.0.1:8080';

/** Gathers an option that may be there several times. */
export function collected(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

/** Lines under a command's help. */
export function examples(...lines: readonly string[]): string {
  return ['\nExamples:', ...lines.map((line) => `  ${line}`)].join('\n');
}

/** Where the service is unless `--url` says so. */
export function serviceUrl(): string {
  return process.env['SLOWBURN_URL'] ?? DEFAULT_URL;
}
