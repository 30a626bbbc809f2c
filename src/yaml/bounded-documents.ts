import { Composer, type Document, Lexer, type LineCounter, Parser } from 'yaml';

/** Where reading stopped because the text asks for more than a file of definitions ever does. */
export class TooMuch extends Error {
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
    this.name = 'TooMuch';
  }
}

export const LARGEST_CHARACTERS = 1024 * 1024;
export const DEEPEST = 64;
/** Of keys and texts: no definition comes near, and each message and check may copy them. */
export const LONGEST_KEY_CHARACTERS = 1_024;
export const LONGEST_TEXT_CHARACTERS = 256 * 1024;
/** What is told of one file before reading stops. */
export const MOST_FAULTS_TOLD = 200;
/** Some 900 SLOs of the examples' size; the costliest file takes a tenth of a second. */
const MOST_LINES = 15_000;
const MOST_LEXEMES = 120_000;
const FIRST_LEXEMES = 1_000;
const TOO_MANY_PARTS = `the file has too many parts, allowed: up to ${MOST_LEXEMES} words, marks and spaces: make it several files`;
const MOST_DOCUMENTS = 5_000;
const MOST_FAULTS = 100;

/**
 * The documents of a text, read token by token so that a hostile one is put down before it costs:
 * the composer recurses (a megabyte of brackets does not throw but kills the process, out of memory),
 * and each fault it finds is an error object.
 *
 * @throws TooMuch beyond the limits of size, depth, tokens, documents or faults
 */
export function* boundedDocuments(text: string, lines: LineCounter): Generator<Document.Parsed> {
  if (text.length > LARGEST_CHARACTERS) {
    throw new TooMuch(`the file has ${text.length} characters, allowed: up to 1 MiB`, 0);
  }
  boundMarks(text, /\n/g, MOST_LINES, 'lines');
  boundMarks(text, /^---(?=\s)/gm, MOST_DOCUMENTS, 'documents');
  lines.addNewLine(0);
  const parser = new Parser(lines.addNewLine);
  // Duplicate keys are found while walking: the library compares each key with all before it.
  const composer = new Composer({
    prettyErrors: false,
    uniqueKeys: false,
    keepSourceTokens: false,
  });
  const tooManyAt = offsetOfLexeme(text, MOST_LEXEMES);
  let documents = 0;
  for (const token of boundedTokens(text, parser, tooManyAt)) {
    for (const document of composer.next(token)) {
      if (++documents > MOST_DOCUMENTS) {
        throw new TooMuch(`there are over ${MOST_DOCUMENTS} documents`, document.range[0]);
      }
      yield document;
    }
  }
  yield* composer.end();
}

/** Counts before anything is read: these marks are never part of a value. */
function boundMarks(text: string, mark: RegExp, most: number, name: string): void {
  const found = text.matchAll(mark);
  let count = 0;
  while (found.next().done !== true) {
    // Lines are not known yet, so the complaint is about the file.
    if (++count > most)
      throw new TooMuch(`there are over ${most} ${name}, allowed in one file: up to ${most}`, 0);
  }
}

/** Where the text goes on after so many lexemes; null when it ends before. Parsing costs far more. */
function offsetOfLexeme(text: string, most: number): number | null {
  let offset = 0;
  let lexemes = 0;
  for (const lexeme of new Lexer().lex(text)) {
    if (++lexemes > most) return offset;
    offset += lexeme.length;
  }
  return null;
}

/** @param tooManyAt where there are too many of them: the first few may tell of another fault */
function* boundedTokens(
  text: string,
  parser: Parser,
  tooManyAt: number | null,
): ReturnType<Parser['next']> {
  let lexemes = 0;
  let faults = 0;
  let offset = 0;
  for (const lexeme of new Lexer().lex(text)) {
    if (tooManyAt !== null && ++lexemes > FIRST_LEXEMES)
      throw new TooMuch(TOO_MANY_PARTS, tooManyAt);
    for (const token of parser.next(lexeme)) {
      // Directives (%…) are of no use here, and each unknown one is a fault that costs.
      const suspect = token.type === 'error' || token.type === 'directive';
      if (suspect && ++faults > MOST_FAULTS) {
        throw new TooMuch(`not valid YAML: over ${MOST_FAULTS} faults`, offset);
      }
      yield token;
    }
    if (parser.stack.length > 2 * DEEPEST) {
      throw new TooMuch(`nested too deep, allowed: ${DEEPEST} levels`, offset);
    }
    offset += lexeme.length;
  }
  yield* parser.end();
}
