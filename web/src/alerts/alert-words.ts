import type { Table } from '../words/say';

const en = {
  kinds: { page: 'page', ticket: 'ticket' },
  columns: {
    severity: 'Severity',
    slo: 'SLO',
    group: 'Group',
    what: 'What',
    began: 'Began',
    lasted: 'Lasted',
    burn: 'Burn, long and short window',
    left: 'Budget left then',
    told: 'Note',
  },
  names: {
    SLOErrorBudgetBurn: 'Burns too fast',
    SLOErrorBudgetExhausted: 'Budget is spent',
    SLONoData: 'Nothing is known',
  },
  windows: (long: string, short: string, factor: string) => `${long} and ${short} above ${factor}`,
  burns: (long: string, short: string) => `${long} and ${short}`,
  held: (guard: string) => `Nobody was told: too few events (${guard})`,
  ended: { recovered: 'Recovered', gone: 'Its SLO, group or tier is no more' },
  fires: 'Fires',
  runbook: 'Runbook',
};

const pt: typeof en = {
  kinds: { page: 'alerta urgente', ticket: 'chamado' },
  columns: {
    severity: 'Severidade',
    slo: 'SLO',
    group: 'Grupo',
    what: 'O quê',
    began: 'Começou',
    lasted: 'Durou',
    burn: 'Taxa de consumo, janela longa e curta',
    left: 'Saldo então',
    told: 'Nota',
  },
  names: {
    SLOErrorBudgetBurn: 'Consome rápido demais',
    SLOErrorBudgetExhausted: 'O orçamento acabou',
    SLONoData: 'Nada se sabe',
  },
  windows: (long, short, factor) => `${long} e ${short} acima de ${factor}`,
  burns: (long, short) => `${long} e ${short}`,
  held: (guard) => `Ninguém foi avisado: poucos eventos (${guard})`,
  ended: { recovered: 'Recuperado', gone: 'Seu SLO, grupo ou nível não existe mais' },
  fires: 'Disparando',
  runbook: 'Runbook',
};

export const ALERT_WORDS: Table<typeof en> = { en, pt };
