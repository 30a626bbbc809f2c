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
const LONGEST_TEXT_CHARACTERS = 256 * 1024;
/** What is told of one file before reading stops. */
export const MOST_FAULTS_TOLD = 200;
/** Some 800 SLOs of the examples' size; the costliest file takes less than a tenth of a second. */
const MOST_LINES = 15_000;
const MOST_LEXEMES = 100_000;
const FIRST_LEXEMES = 1_000;
/** Of one list or mapping: each is a line or more, and a file of SLOs with so many has too many parts. */
const MOST_ENTRIES = 3_000;
const TOO_MANY_PARTS = `the file has too many parts, allowed: up to ${MOST_LEXEMES} words, marks and spaces: make it several files`;
const MOST_DOCUMENTS = 5_000;
/** Aliases and merges multiply: a bomb of ten lines can stand for billions of values. */
const MOST_REPEATED_VALUES = 30_000;
const CHARACTERS_OF_A_VALUE = 256;
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
  let documents = 0;
  for (const token of boundedTokens(lexemesOf(text), parser)) {
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

/** What aliases and merges repeat, in values. */
export class Repeated {
  private values = 0;

  /** @throws TooMuch beyond reason */
  add(values: number, offset: number): void {
    this.values += values;
    if (this.values <= MOST_REPEATED_VALUES) return;
    throw new TooMuch(
      `aliases and merges repeat over ${MOST_REPEATED_VALUES} values, which is too many`,
      offset,
    );
  }

  /** A long text is copied and checked wherever it is repeated. */
  static valuesOf(text: string): number {
    return 1 + Math.floor(text.length / CHARACTERS_OF_A_VALUE);
  }
}

/** Repeated texts alone, told by their lexemes: what else is repeated is known when it is walked. */
class RepeatedTexts {
  private readonly values = new Map<string, number>();
  private readonly repeated = new Repeated();
  private anchor: string | null = null;

  /** @throws TooMuch */
  see(lexeme: string, before: string | undefined, offset: number): void {
    if (isText(lexeme, before)) {
      if (this.anchor !== null) this.values.set(this.anchor, Repeated.valuesOf(lexeme));
      this.anchor = null;
    } else if (lexeme.startsWith('&')) {
      this.anchor = lexeme.slice(1);
    } else if (lexeme.startsWith('*')) {
      this.repeated.add(this.values.get(lexeme.slice(1)) ?? 0, offset);
    }
  }
}

interface Lexemes {
  readonly lexemes: readonly string[];
  /** Where the text goes on after as many as are allowed; null when it ends before. */
  readonly tooManyAt: number | null;
}

/** What the lexer puts before a text without quotes. */
const UNQUOTED = '\u001f';
/** Its other marks, of a document's beginning and of a broken list's end: none of them is in the text. */
const MARKS = new Set([UNQUOTED, '\u0002', '\u0018']);

/** Counted and measured before anything is parsed, which costs far more. */
function lexemesOf(text: string): Lexemes {
  const lexemes: string[] = [];
  const repeated = new RepeatedTexts();
  let offset = 0;
  for (const lexeme of new Lexer().lex(text)) {
    if (lexemes.length === MOST_LEXEMES) return { lexemes, tooManyAt: offset };
    if (lexeme.length > LONGEST_TEXT_CHARACTERS && isText(lexeme, lexemes.at(-1))) {
      const allowed = `allowed: up to ${LONGEST_TEXT_CHARACTERS}`;
      throw new TooMuch(`the text has ${lexeme.length} characters, ${allowed}`, offset);
    }
    repeated.see(lexeme, lexemes.at(-1), offset);
    if (lexemes.at(-1) === UNQUOTED || !MARKS.has(lexeme)) offset += lexeme.length;
    lexemes.push(lexeme);
  }
  return { lexemes, tooManyAt: null };
}

/** And no comment, and no space. */
function isText(lexeme: string, before: string | undefined): boolean {
  return before === UNQUOTED || lexeme.startsWith('"') || lexeme.startsWith("'");
}

/** Of too many lexemes the first few are parsed all the same: they may tell of another fault. */
function* boundedTokens(
  { lexemes, tooManyAt }: Lexemes,
  parser: Parser,
): ReturnType<Parser['next']> {
  let faults = 0;
  for (const [index, lexeme] of lexemes.entries()) {
    if (tooManyAt !== null && index === FIRST_LEXEMES) {
      throw new TooMuch(TOO_MANY_PARTS, tooManyAt);
    }
    for (const token of parser.next(lexeme)) {
      // Directives (%…) are of no use here, and each unknown one is a fault that costs.
      const suspect = token.type === 'error' || token.type === 'directive';
      if (suspect && ++faults > MOST_FAULTS) {
        throw new TooMuch(`not valid YAML: over ${MOST_FAULTS} faults`, parser.offset);
      }
      yield token;
    }
    boundStack(parser);
  }
  yield* parser.end();
}

/** The composer, which costs as much again, never sees what is put down here. */
function boundStack({ stack, offset }: Parser): void {
  if (stack.length > 2 * DEEPEST) {
    throw new TooMuch(`nested too deep, allowed: ${DEEPEST} levels`, offset);
  }
  const innermost = stack.at(-1);
  if (innermost !== undefined && 'items' in innermost && innermost.items.length > MOST_ENTRIES) {
    throw new TooMuch(
      `a list or mapping has over ${MOST_ENTRIES} entries, which is too many`,
      offset,
    );
  }
}
