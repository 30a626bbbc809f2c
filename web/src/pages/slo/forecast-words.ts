import type { Table } from '../../words/say';
import { WINDOW_WORDS } from '../../words/window-text';

const en = {
  windows: WINDOW_WORDS.en,
  title: 'Forecast',
  unknown: 'What becomes of it cannot be said: too little is known of the burn.',
  pace: (window: string, burn: string) => `At the pace of the last ${window} (${burn})`,
  spentOn: (pace: string, at: string, within: string) =>
    `${pace} it is spent on ${at}, in ${within}.`,
  between: (earliest: string, latest: string) =>
    `By the pace of an hour, six hours or a day: between ${earliest} and ${latest}.`,
  never: 'never',
  lasts: (pace: string, window: string) => `${pace} it lasts for the whole of ${window}.`,
  lastsPeriod: (pace: string, end: string, left: string) =>
    `${pace} it lasts until the period ends on ${end}, with ${left} left.`,
  staysSpent: (pace: string, window: string) =>
    `${pace} it stays spent for the whole of ${window}.`,
  backOn: (pace: string, at: string, within: string) =>
    `${pace} something is left again on ${at}, in ${within}.`,
  calmBack: (at: string) => `Without any further bad event something is left again on ${at}.`,
  highest: (left: string, at: string) => `The most there will be is ${left}, on ${at}.`,
  leaves: (share: string, day: string, at: string) =>
    `${share} of the budget, spent on ${day}, comes back by ${at}.`,
  about:
    'An extrapolation, no probability: the burn of the last hour goes on with the mean traffic of the window, and what happened earlier leaves it.',
};

export type ForecastWords = typeof en;

const pt: ForecastWords = {
  windows: WINDOW_WORDS.pt,
  title: 'Previsão',
  unknown: 'Não se pode dizer o que será dele: sabe-se pouco do consumo.',
  pace: (window, burn) => `No ritmo da última ${window} (${burn})`,
  spentOn: (pace, at, within) => `${pace}, esgota-se em ${at}, daqui a ${within}.`,
  between: (earliest, latest) =>
    `Pelo ritmo de uma hora, seis horas ou um dia: entre ${earliest} e ${latest}.`,
  never: 'nunca',
  lasts: (pace, window) => `${pace}, dura durante todo o tempo: ${window}.`,
  lastsPeriod: (pace, end, left) =>
    `${pace}, dura até o fim do período em ${end}, restando ${left}.`,
  staysSpent: (pace, window) => `${pace}, continua esgotado durante todo o tempo: ${window}.`,
  backOn: (pace, at, within) => `${pace}, volta a restar algo em ${at}, daqui a ${within}.`,
  calmBack: (at) => `Sem nenhum outro evento ruim, volta a restar algo em ${at}.`,
  highest: (left, at) => `O máximo que restará é ${left}, em ${at}.`,
  leaves: (share, day, at) => `${share} do orçamento, gasto em ${day}, volta até ${at}.`,
  about:
    'Uma extrapolação, não uma probabilidade: o consumo da última hora continua com o tráfego médio da janela, e o que aconteceu antes sai dela.',
};

export const FORECAST_WORDS: Table<ForecastWords> = { en, pt };
