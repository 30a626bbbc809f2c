import { type Document, LineCounter } from 'yaml';
import { boundedDocuments, MOST_FAULTS_TOLD, TooMuch } from './bounded-documents';
import { pathText, type Path, type Problem } from './problem';
import { syntaxWords } from './syntax-words';
import { type Complain, walkDocument } from './walk';
import { placeAt, YamlDocument } from './yaml-document';

export interface YamlFile {
  /** Those that could be read; empty ones (only comments) are left out. */
  readonly documents: readonly YamlDocument[];
  /** Why others could not: errors only. */
  readonly problems: readonly Problem[];
}

/**
 * Reads YAML 1.2 or JSON, one or many documents, and remembers where everything stands. Hostile
 * text (bombs of aliases, megabytes of brackets) is refused like any other fault.
 *
 * @param text at most 1 MiB
 * @param file as problems shall name it
 */
export function readYaml(text: string, file: string): YamlFile {
  const lines = new LineCounter();
  const documents: YamlDocument[] = [];
  const problems: Problem[] = [];
  const tell = (offset: number, path: Path, message: string): void => {
    const place = placeAt(file, lines, offset);
    problems.push({ severity: 'error', place, path: pathText(path), message });
  };
  const complain: Complain = (offset, path, message) => {
    tell(offset, path, message);
    if (problems.length <= MOST_FAULTS_TOLD) return;
    throw new TooMuch(`there are over ${MOST_FAULTS_TOLD} faults`, offset);
  };
  try {
    for (const document of boundedDocuments(text, lines)) {
      const faults = faultsOf(document);
      for (const { offset, message } of faults) complain(offset, [], message);
      if (faults.length > 0 || isEmpty(document)) continue;
      const before = problems.length;
      const { value, spot } = walkDocument(document, complain);
      if (problems.length === before) {
        documents.push(new YamlDocument(value, file, text, spot, lines));
      }
    }
  } catch (error) {
    if (error instanceof TooMuch) {
      addLines(lines, text, error.offset);
      tell(error.offset, [], error.message);
    }
    // The library has overflowed the stack on crafted text before (CVE-2026-33532).
    else if (error instanceof RangeError) tell(0, [], 'the file is too intricate to be read');
    else throw error;
  }
  return { documents, problems };
}

/** Whoever stops reading before the parser has come so far does not know the lines in between. */
function addLines(lines: LineCounter, text: string, offset: number): void {
  let at = lines.lineStarts.at(-1) ?? 0;
  while ((at = text.indexOf('\n', at) + 1) > 0 && at <= offset) lines.addNewLine(at);
}

/** Warnings too: an unknown tag or directive would otherwise change the meaning silently. */
function faultsOf(document: Document.Parsed): readonly { offset: number; message: string }[] {
  const faults = [...document.errors, ...document.warnings].map(({ pos, code }) => ({
    offset: pos[0],
    message: syntaxWords(code),
  }));
  // One slip often breaks the grammar at several tokens of its line: the first says it.
  return faults.filter(
    ({ message }, index) => index === 0 || message !== faults[index - 1]?.message,
  );
}

function isEmpty(document: Document.Parsed): boolean {
  const { contents } = document;
  return (
    contents === null || (contents.range[0] === contents.range[1] && contents.anchor === undefined)
  );
}
