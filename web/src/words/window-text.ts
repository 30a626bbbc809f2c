import type { Table } from './say';

/** An SLO window as it is told alone, behind figures that it covers, and as the time to come. */
export interface WindowText {
  readonly alone: string;
  readonly over: string;
  readonly next: string;
}

export interface WindowWords {
  /** Such as `30d`. */
  readonly rolling: (duration: string) => WindowText;
  readonly calendar: Readonly<Record<'week' | 'month' | 'quarter', WindowText>>;
}

export const WINDOW_WORDS: Table<WindowWords> = {
  en: {
    rolling: (duration) => ({
      ...{ alone: duration, over: `over ${duration}`, next: `the next ${duration}` },
    }),
    calendar: {
      week: { alone: 'this week', over: 'over this week', next: 'the next week' },
      month: { alone: 'this month', over: 'over this month', next: 'the next month' },
      quarter: { alone: 'this quarter', over: 'over this quarter', next: 'the next quarter' },
    },
  },
  pt: {
    rolling: (duration) => ({
      ...{ alone: duration, over: `em ${duration}`, next: `os próximos ${duration}` },
    }),
    calendar: {
      week: { alone: 'esta semana', over: 'nesta semana', next: 'a próxima semana' },
      month: { alone: 'este mês', over: 'neste mês', next: 'o próximo mês' },
      quarter: { alone: 'este trimestre', over: 'neste trimestre', next: 'o próximo trimestre' },
    },
  },
};

/** @param window as the service names it: `30d`, or `month` of the calendar */
export function windowText({ rolling, calendar }: WindowWords, window: string): WindowText {
  return (calendar as Readonly<Record<string, WindowText>>)[window] ?? rolling(window);
}
