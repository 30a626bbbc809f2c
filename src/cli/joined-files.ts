/** Definition files as one text, which still knows where each line came from. */
export class JoinedFiles {
  private readonly starts: { readonly file: string; readonly line: number }[] = [];
  readonly text: string;

  /** @param texts by file */
  constructor(texts: ReadonlyMap<string, string>) {
    const parts: string[] = [];
    let line = 1;
    for (const [file, text] of texts) {
      this.starts.push({ file, line });
      // The marker that ends a document: what follows may begin as a file does, with directives.
      const part = `${text.replace(/^\uFEFF/, '')}\n...\n`;
      parts.push(part);
      line += part.split('\n').length - 1;
    }
    this.text = parts.join('');
  }

  /** Where a line of the text stands: `slos/shop.yaml:4`. */
  placeOf(line: number): { readonly file: string; readonly line: number } {
    const start = this.starts.findLast((each) => each.line <= line);
    return start === undefined
      ? { file: '', line }
      : { file: start.file, line: line - start.line + 1 };
  }
}
