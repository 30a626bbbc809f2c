import type { Table } from '../../words/say';

const en = {
  title: 'Overview',
  none: 'No SLO is defined yet',
  noneText:
    'Put a definition file into SLO_DIR, or apply one over the API; it appears here within a minute.',
  columns: {
    slo: 'SLO',
    status: 'Status',
    objective: 'Objective',
    sli: 'SLI',
    budget: 'Budget left',
    burn: 'Burn, 1 h',
  },
};

const pt: typeof en = {
  title: 'Visão geral',
  none: 'Nenhum SLO definido ainda',
  noneText:
    'Ponha um arquivo de definição em SLO_DIR, ou aplique um pela API; ele aparece aqui em um minuto.',
  columns: {
    slo: 'SLO',
    status: 'Estado',
    objective: 'Objetivo',
    sli: 'SLI',
    budget: 'Orçamento restante',
    burn: 'Consumo, 1 h',
  },
};

export const WORDS: Table<typeof en> = { en, pt };
