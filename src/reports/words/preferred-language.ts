import Negotiator from 'negotiator';
import { type Language, LANGUAGES } from './language';

const [DEFAULT] = LANGUAGES;

/** The one that a reader likes best; English for those who like none of ours. */
export function preferredLanguage(acceptLanguage: string | undefined): Language {
  const headers = { 'accept-language': acceptLanguage };
  const preferred = new Negotiator({ headers }).language([...LANGUAGES]);
  return LANGUAGES.find((language) => language === preferred) ?? DEFAULT;
}
