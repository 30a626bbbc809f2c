import type { Table } from '../../words/say';

type Form = 'one' | 'other';

const en = {
  title: 'Overview',
  none: 'No SLO is defined yet',
  noneText:
    'Put a definition file into SLO_DIR, or apply one over the API; it appears here within a minute.',
  nothingFound: 'No SLO is like that',
  nothingFoundText: (count: string) => `There are ${count}; none fits what was asked for.`,
  showAll: 'Show all',
  calm: 'Nothing burns',
  calmText: (count: string, forms: string) =>
    `All ${count} ${forms} are within their budgets and no alert fires.`,
  pages: (count: string, form: Form) =>
    form === 'one' ? `${count} SLO pages` : `${count} SLOs page`,
  onlyTickets: (count: string, form: Form) =>
    form === 'one' ? `${count} SLO has a ticket` : `${count} SLOs have tickets`,
  tickets: (count: string, form: Form) =>
    form === 'one' ? `${count} with a ticket` : `${count} with tickets`,
  noAlert: 'No alert fires',
  inTrouble: (exhausted: number, critical: number, atRisk: number, noData: number) =>
    `${exhausted} exhausted, ${critical} critical, ${atRisk} at risk` +
    (noData === 0 ? '' : `, ${noData} without data`),
  slo: { one: 'SLO', other: 'SLOs' },
  firing: 'Firing now',
  since: (clock: string, ago: string) => `since ${clock}, ${ago}`,
  emptyOn: (at: string, within: string) => `empty on ${at}, in ${within}, at this pace`,
  andMore: (count: string) => `and ${count} more`,
  burning: (long: string, short: string) => `${long} over the last hour, ${short} left`,
  search: 'Search',
  searchHint: 'Service, name, team, label, description',
  status: 'Status',
  service: 'Service',
  team: 'Team',
  grouping: 'Group by',
  groupings: { service: 'Service', team: 'Team', none: 'Nothing' },
  noTeam: 'No team',
  shown: (count: string, of: string) => `${count} of ${of}`,
  orderIsOld: 'The order is that of a moment ago.',
  sortAgain: 'Sort again',
  columns: {
    slo: 'SLO',
    status: 'Status',
    objective: 'Objective',
    sli: 'SLI',
    remaining: 'Budget left',
    burn: 'Burn 1h',
    days: '30 days',
  },
  seen: (ratio: string) => `${ratio} seen`,
  silent: (duration: string) => `no data for over ${duration}`,
  firingAlerts: (count: string, pages: string) => `alerts that fire: ${count}, pages: ${pages}`,
  sparkline: (least: string, now: string) =>
    `Budget left over 30 days: at the least ${least}, now ${now}`,
  legend: 'How to read the bar',
  legendText:
    'From the line to the right: what is left of the error budget. From the line to the left: what was spent too much. A thin line spans what it could be, where not all of the time was seen.',
};

const pt: Words = {
  title: 'Visão geral',
  none: 'Nenhum SLO definido ainda',
  noneText:
    'Ponha um arquivo de definição em SLO_DIR, ou aplique um pela API; ele aparece aqui em um minuto.',
  nothingFound: 'Nenhum SLO é assim',
  nothingFoundText: (count) => `Há ${count}; nenhum corresponde ao que foi pedido.`,
  showAll: 'Mostrar todos',
  calm: 'Tudo calmo',
  calmText: (count, forms) =>
    `Todos os ${count} ${forms} estão dentro do orçamento e nenhum alerta dispara.`,
  pages: (count, form) =>
    form === 'one' ? `${count} SLO em alerta urgente` : `${count} SLOs em alerta urgente`,
  onlyTickets: (count, form) =>
    form === 'one' ? `${count} SLO com chamado` : `${count} SLOs com chamados`,
  tickets: (count, form) => (form === 'one' ? `${count} com chamado` : `${count} com chamados`),
  noAlert: 'Nenhum alerta dispara',
  inTrouble: (exhausted, critical, atRisk, noData) =>
    `Esgotados: ${exhausted}, críticos: ${critical}, em risco: ${atRisk}` +
    (noData === 0 ? '' : `, sem dados: ${noData}`),
  slo: { one: 'SLO', other: 'SLOs' },
  firing: 'Disparando agora',
  since: (clock, ago) => `desde ${clock}, ${ago}`,
  emptyOn: (at, within) => `esgota-se em ${at}, daqui a ${within}, neste ritmo`,
  andMore: (count) => `e mais ${count}`,
  burning: (long, short) => `${long} na última hora, resta ${short}`,
  search: 'Buscar',
  searchHint: 'Serviço, nome, equipe, rótulo, descrição',
  status: 'Estado',
  service: 'Serviço',
  team: 'Equipe',
  grouping: 'Agrupar por',
  groupings: { service: 'Serviço', team: 'Equipe', none: 'Nada' },
  noTeam: 'Sem equipe',
  shown: (count, of) => `${count} de ${of}`,
  orderIsOld: 'A ordem é a de há pouco.',
  sortAgain: 'Ordenar de novo',
  columns: {
    slo: 'SLO',
    status: 'Estado',
    objective: 'Objetivo',
    sli: 'SLI',
    remaining: 'Saldo do orçamento',
    burn: 'Consumo 1h',
    days: '30 dias',
  },
  seen: (ratio) => `${ratio} visto`,
  silent: (duration) => `sem dados há mais de ${duration}`,
  firingAlerts: (count, pages) => `alertas que disparam: ${count}, urgentes: ${pages}`,
  sparkline: (least, now) => `Saldo do orçamento em 30 dias: no mínimo ${least}, agora ${now}`,
  legend: 'Como ler a barra',
  legendText:
    'Da linha para a direita: o que resta do orçamento de erro. Da linha para a esquerda: o que se gastou a mais. Uma linha fina cobre o que poderia ser, onde nem todo o tempo foi visto.',
};

export type Words = typeof en;

export const WORDS: Table<Words> = { en, pt };
