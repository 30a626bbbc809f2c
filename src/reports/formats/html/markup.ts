import { htmlEscape } from 'escape-goat';

/** What is HTML already; any other text is escaped where it is put in. */
export class Markup {
  constructor(readonly text: string) {}
}

export type Part = Markup | string | readonly Part[];

/**
 * HTML of a template, in which every value is text unless it is markup itself:
 *
 *     markup`<p>${'<b>'}${markup`<br>`}</p>`       <p>&lt;b&gt;<br></p>
 *
 * Attributes stand in double quotes. It is not called `html`, by which name formatters would break lines in it.
 */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let text = '';
  strings.forEach((string, k) => {
    text += string + textOf(parts[k] ?? '');
  });
  return new Markup(text);
}

function textOf(part: Part): string {
  if (part instanceof Markup) return part.text;
  if (typeof part !== 'string') return part.map(textOf).join('');
  return /[&<>"']/.test(part) ? htmlEscape(part) : part;
}
