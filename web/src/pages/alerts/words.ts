import type { Table } from '../../words/say';

const en = {
  title: 'Alerts',
  firing: 'Firing now',
  noneFiring: 'No alert fires',
  noneFiringText: 'Every budget is spent slowly enough, and every source is seen.',
  past: 'Past',
  nonePast: 'No alert has ended so far',
  nonePastFound: 'No past alert is like that',
  severity: 'Severity',
  service: 'Service',
  only: (slo: string) => `Only ${slo}`,
  showAll: 'Show all',
};

const pt: typeof en = {
  title: 'Alertas',
  firing: 'Disparando agora',
  noneFiring: 'Nenhum alerta dispara',
  noneFiringText: 'Todo orçamento se gasta devagar o bastante, e toda fonte é vista.',
  past: 'Anteriores',
  nonePast: 'Nenhum alerta terminou até agora',
  nonePastFound: 'Nenhum alerta anterior é assim',
  severity: 'Severidade',
  service: 'Serviço',
  only: (slo) => `Só ${slo}`,
  showAll: 'Mostrar todos',
};

export const WORDS: Table<typeof en> = { en, pt };
