/**
 * Whether a text from outside is an address that may be followed: of the web, or a path of this service.
 * A file of a repository is none; a script is none that anybody should follow.
 */
export function isLink(text: string): boolean {
  return /^https?:\/\//i.test(text) || /^\/(?![/\\])/.test(text);
}

/** The host of an address of the web, to say where a link leads; the text itself for anything else. */
export function hostOf(text: string): string {
  return URL.canParse(text) ? new URL(text).host : text;
}
