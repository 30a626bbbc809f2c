/**
 * A text in double quotes as a message names it: on one line, and without characters that a terminal
 * or a log would act upon, such as escape sequences and marks that turn the writing direction. It is
 * JSON still.
 *
 *     quotedText('a\nb') = '"a\\nb"'
 */
export function quotedText(text: string): string {
  // JSON escapes what stands before the space and lone surrogates; not DEL, C1 and what is invisible.
  return JSON.stringify(text).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escaped);
}

/** As JSON escapes it: each half of a surrogate pair by itself. */
function escaped(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
