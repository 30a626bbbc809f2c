import type { Table } from '../../words/say';

const en = {
  title: 'May we deploy?',
  states: {
    open: 'Yes',
    slow: 'Yes, with care',
    overridden: 'Yes, opened by hand',
    unknownYes: 'Yes, though nothing is known',
    unknownNo: 'No, nothing is known',
    frozen: 'No',
  },
  nothingAgainst: 'Nothing speaks against it.',
  left: (left: string, limit: string) => `${left} of the budget is left; the limit is ${limit}.`,
  paging: (count: string) => `Pages are firing: ${count}.`,
  burns: (burn: string, limit: string) => `The budget burns at ${burn}; the limit is ${limit}.`,
  unknown: 'Too little is known of now.',
  overriddenBy: (who: string, until: string, reason: string) =>
    `Opened by ${who} until ${until}: ${reason}`,
};

export type GateWords = typeof en;

const pt: GateWords = {
  title: 'Podemos implantar?',
  states: {
    open: 'Sim',
    slow: 'Sim, com cuidado',
    overridden: 'Sim, aberto à mão',
    unknownYes: 'Sim, embora nada se saiba',
    unknownNo: 'Não, nada se sabe',
    frozen: 'Não',
  },
  nothingAgainst: 'Nada fala contra.',
  left: (left, limit) => `Resta ${left} do orçamento; o limite é ${limit}.`,
  paging: (count) => `Alertas urgentes disparados: ${count}.`,
  burns: (burn, limit) => `O orçamento é consumido a ${burn}; o limite é ${limit}.`,
  unknown: 'Sabe-se pouco do momento.',
  overriddenBy: (who, until, reason) => `Aberto por ${who} até ${until}: ${reason}`,
};

export const GATE_WORDS: Table<GateWords> = { en, pt };
