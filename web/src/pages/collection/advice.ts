import type { CollectionView, SourceView } from '../../../../src/collection/collection-views';

/** What a person can do about something, a sentence each in the words of the page. */
export type Advice =
  | 'credentials'
  | 'notPrometheus'
  | 'away'
  | 'skew'
  | 'behind'
  | 'tooMuch'
  | 'partial'
  | 'query'
  | 'slip'
  | 'meant'
  | 'definition';

/** The service's own runbooks, where each is told at length. */
export const RUNBOOKS: Readonly<Record<Advice, string>> = {
  credentials: 'slowburn-datasource-down',
  notPrometheus: 'slowburn-datasource-down',
  away: 'slowburn-datasource-down',
  skew: 'slowburn-datasource-down',
  behind: 'slowburn-collection-behind',
  tooMuch: 'slowburn-collection-behind',
  partial: 'slowburn-no-data',
  query: 'slowburn-no-data',
  slip: 'slowburn-no-data',
  meant: 'slowburn-definition-errors',
  definition: 'slowburn-definition-errors',
};

/** A step of a minute, the delay after it, and the tick that reads it: less is no delay. */
const USUAL_LAG_SECONDS = 180;
/** As the alert SlowburnDatasourceClockSkew. */
const MOST_SKEW_SECONDS = 5;

/** What is wrong with a source; null where nothing is. */
export function adviceForSource({ up, error, clockSkewSeconds }: SourceView): Advice | null {
  if (up === false) return adviceForMessage(error ?? '', 'away');
  return Math.abs(clockSkewSeconds ?? 0) > MOST_SKEW_SECONDS ? 'skew' : null;
}

/** What to do about an SLO that is not collected, by what the source said. */
export function adviceForFailure(message: string): Advice {
  return adviceForMessage(message, 'query');
}

/** Steps are due that have not been read; of a single SLO without targets it stays below ten minutes. */
export function isBehind({ lagSeconds }: Pick<CollectionView, 'lagSeconds'>): boolean {
  return lagSeconds !== null && lagSeconds > USUAL_LAG_SECONDS;
}

function adviceForMessage(message: string, otherwise: Advice): Advice {
  if (/credentials|\b40[13]\b/.test(message)) return 'credentials';
  if (/is its URL that of a Prometheus|redirect|something else than JSON/.test(message)) {
    return 'notPrometheus';
  }
  if (/too many|too much|too large|exceed|\b41[34]\b/i.test(message)) return 'tooMuch';
  if (/partial|not the whole/i.test(message)) return 'partial';
  return /ECONN|ENOTFOUND|EAI_AGAIN|timed? ?out|no answer|answered (429|5\d\d)|socket/i.test(
    message,
  )
    ? 'away'
    : otherwise;
}
