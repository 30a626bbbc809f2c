/** Select Graphic Rendition codes; what `util.styleText` writes depends on Node's version. */
const CODES = { red: 31, green: 32, yellow: 33, gray: 90 } as const;
export type Colour = keyof typeof CODES;

export function coloured(text: string, colour: Colour): string {
  return `\u001b[${CODES[colour]}m${text}\u001b[39m`;
}

/**
 * @param stream where they would be written
 * @see https://no-color.org
 */
export function coloursWanted(stream: { readonly isTTY?: boolean } = process.stdout): boolean {
  const { NO_COLOR: refused, FORCE_COLOR: forced } = process.env;
  if (refused !== undefined && refused !== '') return false;
  return stream.isTTY === true || (forced !== undefined && forced !== '' && forced !== '0');
}
