import { WINDOW_WORDS, windowText } from './window-text';

describe('an SLO window in words', () => {
  it.each([
    ['en', '30d', 'over 30d', 'the next 30d'],
    ['en', 'month', 'over this month', 'the next month'],
    ['pt', '28d', 'em 28d', 'os próximos 28d'],
    ['pt', 'week', 'nesta semana', 'a próxima semana'],
    ['pt', 'quarter', 'neste trimestre', 'o próximo trimestre'],
  ] as const)('in %s: %s', (language, window, over, next) => {
    expect(windowText(WINDOW_WORDS[language], window)).toMatchObject({ over, next });
  });
});
