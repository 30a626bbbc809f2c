import type { Language } from '../settings/language';
import { language } from '../settings/settings';

/** The words of a page or a part, in every language; those of another one have the same places. */
export type Table<Words> = Readonly<Record<Language, Words>>;

/** The words in the language that is chosen; what calls it while it renders follows the switch. */
export function say<Words>(table: Table<Words>): Words {
  return table[language.value];
}
