import bidiFactory from 'bidi-js';
import { type Face, FACES } from '../../../fonts/faces';

/** A piece of a line that one face writes in one direction. */
export interface Run {
  readonly text: string;
  readonly face: Face;
  readonly toLeft: boolean;
  /** Where a mirrored sign is drawn, the sign that is meant. */
  readonly meant?: string;
}

const BIDI = bidiFactory();
const CLUSTERS = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** Hebrew, Arabic and their neighbours, and what turns the direction of any text. */
const TO_LEFT =
  /[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
/** What shapes or orders its neighbours and is nothing by itself. */
const UNSEEN = /[\p{Cc}\p{Cf}\u{fe00}-\u{fe0f}]/gu;

/**
 * For who copies or hears a text of which the paper shows something else: runs in the order of the eye, signs that
 * are left out.
 */
export function actualText(text: string): { readonly actual?: string } {
  return TO_LEFT.test(text) || text.replace(UNSEEN, '') !== text ? { actual: text } : {};
}

/** Whether a paragraph begins at the right. */
export function beginsRight(text: string): boolean {
  if (!TO_LEFT.test(text)) return false;
  return bidiLevels(text).paragraphs[0]?.level === 1;
}

/**
 * A line's runs as they stand on paper from left to right: Unicode's bidirectional algorithm (UAX 9), and
 * the first face that has a character.
 *
 * @param from where the line begins in its paragraph, and to where it ends
 */
export function runsOf(paragraph: string, from = 0, to = paragraph.length): readonly Run[] {
  const line = paragraph.slice(from, to);
  const [plain] = FACES;
  if (plain !== undefined && isWrittenBy(plain, line)) {
    return line === '' ? [] : [{ text: line, face: plain, toLeft: false }];
  }
  if (!TO_LEFT.test(paragraph)) return sameDirection(line, false);
  const { levels } = bidiLevels(paragraph);
  const pieces: { readonly level: number; readonly text: string }[] = [];
  for (let at = from; at < to;) {
    const level = levels[at] ?? 0;
    let end = at + 1;
    while (end < to && levels[end] === level) end += 1;
    pieces.push({ level, text: paragraph.slice(at, end) });
    at = end;
  }
  return inOrder(pieces).flatMap(({ level, text }) => sameDirection(text, level % 2 === 1));
}

/** The library takes half an emoji for a Latin letter: signs that it does not know are told as one that it does. */
function bidiLevels(text: string): ReturnType<typeof BIDI.getEmbeddingLevels> {
  const known = text.replace(/[\u{10000}-\u{10ffff}]/gu, (sign) =>
    TO_LEFT.test(sign) ? '\u05d0\u05d0' : '**',
  );
  return BIDI.getEmbeddingLevels(known, 'auto');
}

/** Rule L2: from the deepest level on, what stands together at a level or deeper is turned around. */
function inOrder<Piece extends { readonly level: number }>(
  pieces: readonly Piece[],
): readonly Piece[] {
  const turned = [...pieces];
  const deepest = Math.max(0, ...pieces.map(({ level }) => level));
  for (let level = deepest; level > 0; level -= 1) {
    for (let at = 0; at < turned.length; at += 1) {
      let end = at;
      while ((turned[end]?.level ?? -1) >= level) end += 1;
      if (end > at) turned.splice(at, end - at, ...turned.slice(at, end).reverse());
      at = Math.max(at, end);
    }
  }
  return turned;
}

/** By faces; from the last to the first where it is read to the left. */
function sameDirection(text: string, toLeft: boolean): readonly Run[] {
  const runs: { text: string; face: Face; meant?: string }[] = [];
  for (const { segment } of CLUSTERS.segment(text)) {
    const seen = segment.replace(UNSEEN, '');
    const mirrored = toLeft ? BIDI.getMirroredCharacter(seen) : null;
    if (seen === '') continue;
    const face = faceOf(mirrored ?? seen);
    const last = runs.at(-1);
    if (mirrored !== null) runs.push({ text: mirrored, face, meant: seen });
    else if (last?.face === face && last.meant === undefined) last.text += seen;
    else runs.push({ text: seen, face });
  }
  return (toLeft ? runs.reverse() : runs).map((run) => ({ ...run, toLeft }));
}

function faceOf(cluster: string): Face {
  const [first = ''] = cluster;
  const face =
    FACES.find((each) => isWrittenBy(each, cluster)) ??
    FACES.find((each) => isWrittenBy(each, first)) ??
    FACES.at(-1);
  if (face === undefined) throw new Error('there is no face');
  return face;
}

function isWrittenBy({ has }: Face, text: string): boolean {
  for (const sign of text) {
    if (!has(sign.codePointAt(0) ?? 0)) return false;
  }
  return true;
}
