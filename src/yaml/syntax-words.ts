import type { ErrorCode } from 'yaml';

/**
 * What is wrong with the YAML, in plain words. The library's own messages are not used: they quote
 * the text around the fault, which in a configuration may be a secret.
 */
const WORDS: Readonly<Record<ErrorCode, string>> = {
  ALIAS_PROPS: 'an alias (*name) cannot have an anchor or a tag',
  BAD_ALIAS: 'an alias (*name) is misspelt',
  BAD_COLLECTION_TYPE: 'a tag does not fit the value behind it',
  BAD_DIRECTIVE: 'a directive (%…) is unknown; a value that begins with % wants quotes',
  BAD_DQ_ESCAPE:
    'a backslash sequence is not one of YAML in double quotes; write \\\\ for one backslash or use single quotes',
  BAD_INDENT: 'the indentation is wrong, or a bracket is not closed',
  BAD_PROP_ORDER: 'anchors and tags must stand before the indicators',
  BAD_SCALAR_START: 'a value begins with a reserved character; put it in quotes',
  BLOCK_AS_IMPLICIT_KEY:
    'a second "key:" stands on one line; a value that contains ": " wants quotes',
  BLOCK_IN_FLOW: 'an indented block cannot stand inside brackets',
  DUPLICATE_KEY: 'a key is written twice',
  IMPOSSIBLE: 'the text cannot be read',
  KEY_OVER_1024_CHARS: 'a key is longer than 1024 characters',
  MISSING_CHAR: 'a character is missing: a closing quote, a comma, a colon or a space after it',
  MULTILINE_IMPLICIT_KEY: 'a key must stand on one line; is a ":" or a quote missing?',
  MULTIPLE_ANCHORS: 'a value has more than one anchor',
  MULTIPLE_DOCS: 'there is more than one document',
  MULTIPLE_TAGS: 'a value has more than one tag',
  NON_STRING_KEY: 'a key must be text',
  RESOURCE_EXHAUSTION: 'the text needs too much to be read',
  TAB_AS_INDENT: 'a tab is used as indentation; use spaces',
  TAG_RESOLVE_FAILED: 'a tag (!…) is unknown; tags are not used here',
  UNEXPECTED_TOKEN: 'something stands where nothing is expected; check the indentation above it',
};

export function syntaxWords(code: ErrorCode): string {
  return `not valid YAML: ${WORDS[code]}`;
}
