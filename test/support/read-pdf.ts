import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** An element of a tagged PDF's structure, with the text that it shows. */
export interface Tagged {
  readonly type: string;
  readonly text: string;
  readonly parts: readonly Tagged[];
}

/** What programs of poppler-utils say of a file. */
export async function asked(program: string, args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(program, args, { maxBuffer: 2 ** 28 });
  return stdout;
}

/** The structure of a PDF as `pdfinfo -struct-text` prints it: an element a line, deeper ones further in. */
export async function taggedText(file: string): Promise<readonly Tagged[]> {
  interface Open extends Tagged {
    text: string;
    readonly parts: Open[];
  }
  const root: Open = { type: '', text: '', parts: [] };
  const open = [{ depth: -1, element: root }];
  for (const line of (await asked('pdfinfo', ['-struct-text', file])).split('\n')) {
    const depth = line.search(/\S/);
    while (depth >= 0 && depth <= (open.at(-1)?.depth ?? -1)) open.pop();
    const parent = open.at(-1)?.element ?? root;
    const [, text] = /^\s*"(.*)"$/.exec(line) ?? [];
    const [, type] = /^\s*([A-Z][A-Za-z0-9]*)(:| \((block|inline)\):?)?$/.exec(line) ?? [];
    if (text !== undefined) parent.text += text;
    else if (type !== undefined) {
      const element: Open = { type, text: '', parts: [] };
      parent.parts.push(element);
      open.push({ depth, element });
    }
  }
  return root.parts;
}

/** Elements of a type, wherever they are, in their order. */
export function elements(of: readonly Tagged[], type: string): readonly Tagged[] {
  return of.flatMap((element) => [
    ...(element.type === type ? [element] : []),
    ...elements(element.parts, type),
  ]);
}

/** Cells of a table, row by row. */
export function cellsOf(table: Tagged): readonly (readonly string[])[] {
  return elements([table], 'TR').map(({ parts }) => parts.map(textOf));
}

/** Names and values of a list. */
export function pairsOf(list: Tagged): readonly (readonly string[])[] {
  return elements([list], 'LI').map(({ parts }) => parts.map(textOf));
}

export function textOf({ text, parts }: Tagged): string {
  return text + parts.map(textOf).join('');
}
