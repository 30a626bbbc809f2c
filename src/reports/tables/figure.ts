import type { Words } from '../words/en';
import type { Wording } from '../words/wording';

type Numbers =
  | 'count'
  | 'objective'
  | 'sli'
  | 'coverage'
  | 'remaining'
  | 'consumed'
  | 'change'
  | 'burnRate'
  | 'minutes';
type Texts = 'text' | 'instant' | 'date' | 'month';

/** A value of the report with what it means; how it is written follows from that, in every format. */
export type Figure =
  | { readonly kind: Numbers; readonly value: number | null }
  | { readonly kind: Texts; readonly value: string | null }
  | { readonly kind: 'met'; readonly value: boolean | null }
  | { readonly kind: 'state'; readonly value: keyof Words['states'] }
  | { readonly kind: 'treatment'; readonly value: keyof Words['exclusions']['treatments'] };

/** As people read it; texts of others as they are. */
export function figureText({ kind, value }: Figure, wording: Wording): string {
  const { words } = wording;
  if (value === null) return kind === 'text' ? '' : words.noData;
  switch (kind) {
    case 'count':
      return wording.count(value);
    case 'objective':
      return wording.objective(value);
    case 'sli':
      return wording.sli(value);
    case 'coverage':
      return wording.coverage(value);
    case 'remaining':
      return wording.remaining(value);
    case 'consumed':
      return wording.consumed(value);
    case 'change':
      return wording.change(value);
    case 'burnRate':
      return wording.burnRate(value);
    case 'minutes':
      return wording.duration(value);
    case 'text':
      return value;
    case 'instant':
      return wording.instant(value);
    case 'date':
      return wording.date(value);
    case 'month':
      return wording.month(value);
    case 'met':
      return value ? words.verdicts.met : words.verdicts.missed;
    case 'state':
      return words.states[value];
    case 'treatment':
      return words.exclusions.treatments[value];
  }
}

/** Whether it stands to the right of its column. */
export function isNumber({ kind }: Figure): boolean {
  return !['text', 'instant', 'date', 'month', 'met', 'state', 'treatment'].includes(kind);
}
