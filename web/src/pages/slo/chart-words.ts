import type { Table } from '../../words/say';

const en = {
  budget: 'Budget left',
  budgetAbout:
    'How much of the error budget was left of the SLO window that ended at each instant. Below 0 % more was spent than is allowed.',
  left: (left: string) => `${left} left`,
  seen: (left: string) => `${left} as seen`,
  remaining: 'Left',
  remainingRaw: 'Left, as seen',
  burn: 'Burn rate',
  burnAbout:
    'How many times faster than on budget it was spent, over windows that end at each instant; logarithmic, and slower than 0.1× lies on the lowest line. At 1× the budget lasts exactly one SLO window. An alert fires when its long and its short window burn faster than its factor.',
  burnOver: (window: string) => `Over ${window}`,
  over: (window: string) => `over ${window}`,
  thresholds: 'Straight lines: what alerts, in the looks of its long window',
  eventsTitle: (step: string) => `Events per ${step}`,
  eventsAbout: (step: string) =>
    `All events and the bad ones of each ${step}; logarithmic, so that a few bad ones show beside many good ones.`,
  events: (bad: string, total: string) => `${bad} bad of ${total}`,
  goodShare: (share: string) => `${share} good`,
  good: 'Good',
  bad: 'Bad',
  total: 'All events',
  badRaw: 'Bad, as seen',
  pointOf: (title: string) => `${title}: point in time`,
  asTable: 'As a table',
  stepEnd: 'Until',
  rawLine: 'as seen, without exclusions',
  episode: 'spent faster than budget (0.5 % of it or more)',
  excluded: 'excluded',
  kinds: { deploy: 'deploy', incident: 'incident', other: 'marker' },
  nothing: 'Nothing was counted in this time',
  nothingText: 'Choose another time, or see below why.',
};

const pt: typeof en = {
  budget: 'Orçamento restante',
  budgetAbout:
    'Quanto do orçamento de erro restava da janela do SLO que terminava em cada instante. Abaixo de 0 % gastou-se mais do que o permitido.',
  left: (left) => `resta ${left}`,
  seen: (left) => `${left} como visto`,
  remaining: 'Resta',
  remainingRaw: 'Resta, como visto',
  burn: 'Taxa de consumo',
  burnAbout:
    'Quantas vezes mais depressa que o orçamento foi gasto, em janelas que terminam em cada instante; logarítmica, e o que é mais lento que 0,1× fica na linha mais baixa. A 1× o orçamento dura exatamente uma janela do SLO. Um alerta dispara quando as janelas longa e curta consomem mais depressa que o seu fator.',
  burnOver: (window) => `Em ${window}`,
  over: (window) => `em ${window}`,
  thresholds: 'Linhas retas: o que alerta, com a aparência da sua janela longa',
  eventsTitle: (step) => `Eventos por ${step}`,
  eventsAbout: (step) =>
    `Todos os eventos e os ruins de cada ${step}; escala logarítmica, para que poucos ruins apareçam ao lado de muitos bons.`,
  events: (bad, total) => `${bad} ruins de ${total}`,
  goodShare: (share) => `${share} bons`,
  good: 'Bons',
  bad: 'Ruins',
  total: 'Todos os eventos',
  badRaw: 'Ruins, como visto',
  pointOf: (title) => `${title}: instante`,
  asTable: 'Como tabela',
  stepEnd: 'Até',
  rawLine: 'como visto, sem exclusões',
  episode: 'gasto acima do orçamento (0,5 % dele ou mais)',
  excluded: 'excluído',
  kinds: { deploy: 'implantação', incident: 'incidente', other: 'marcador' },
  nothing: 'Nada foi contado neste período',
  nothingText: 'Escolha outro período, ou veja o motivo abaixo.',
};

export const CHART_WORDS: Table<typeof en> = { en, pt };
