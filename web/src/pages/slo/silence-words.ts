import type { Table } from '../../words/say';

const en = {
  since: (at: string, duration: string) => `No data since ${at}, for ${duration}.`,
  slices: (length: string, next: string) =>
    `It is counted in slices of ${length}; the next one ends at ${next}.`,
};

const pt: typeof en = {
  since: (at, duration) => `Sem dados desde ${at}, há ${duration}.`,
  slices: (length, next) => `É contado em fatias de ${length}; a próxima termina às ${next}.`,
};

export type SilenceWords = typeof en;

export const SILENCE_WORDS: Table<SilenceWords> = { en, pt };
