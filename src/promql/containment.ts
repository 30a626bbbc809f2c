import { formatSelector, type Matcher, type Selector } from './selector';

/** Whether a series with these labels is one that was asked about. */
export type LabelTest = (labels: Readonly<Record<string, string>>) => boolean;

/**
 * How the series of a part are told among those of its total; null when the part may have others.
 * `m{job="a",code=~"5.."}` is within `m{job="a"}`: whoever has the total's series has the part's too.
 */
export function withinTotal(total: Selector, part: Selector): LabelTest | null {
  if (total.metric !== part.metric) return null;
  const written = (matcher: Matcher) => formatSelector({ metric: 'm', matchers: [matcher] });
  const inPart = new Set(part.matchers.map(written));
  const inTotal = new Set(total.matchers.map(written));
  if (![...inTotal].every((matcher) => inPart.has(matcher))) return null;
  const tests: LabelTest[] = [];
  for (const matcher of part.matchers) {
    if (inTotal.has(written(matcher))) continue;
    const test = testOf(matcher);
    if (test === null) return null;
    tests.push(test);
  }
  return (labels) => tests.every((test) => test(labels));
}

/** A label that is absent is the empty text, for every operator. */
function testOf({ label, op, value }: Matcher): LabelTest | null {
  if (op === '=') return (labels) => (labels[label] ?? '') === value;
  if (op === '!=') return (labels) => (labels[label] ?? '') !== value;
  const pattern = sameInBothLanguages(value);
  if (pattern === null) return null;
  return op === '=~'
    ? (labels) => pattern.test(labels[label] ?? '')
    : (labels) => !pattern.test(labels[label] ?? '');
}

/**
 * A Prometheus pattern for JavaScript, where both languages surely mean the same by it: literal
 * characters, dots, alternatives, groups, plain classes and greedy repetition. Anything else, flags
 * or escapes of letters, is left to the server.
 */
function sameInBothLanguages(pattern: string): RegExp | null {
  const atom = String.raw`(?:[\w \-/:,;=@%&~#!'"<>]|\\[.\\+*?()|[\]{}^$/-]|\.|\[\^?(?:\w(?:-\w)?)+\])`;
  const plain = new RegExp(String.raw`^(?:${atom}[*+?]?|\((?!\?)|\)[*+?]?|\|)*$`);
  if (!plain.test(pattern)) return null;
  try {
    return new RegExp(`^(?:${pattern})$`, 'su');
  } catch {
    return null;
  }
}
