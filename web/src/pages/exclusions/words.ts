import type { Table } from '../../words/say';

const en = {
  title: 'Exclusions',
  about:
    'Time that people decided not to count. Nothing that was counted is changed by it: it is left out when figures are read, and comes back when it is revoked.',
  add: 'Exclude time',
  states: { active: 'In effect', planned: 'To come', past: 'Over', revoked: 'Revoked' },
  show: 'Show',
  filters: {
    all: 'All',
    active: 'In effect',
    planned: 'To come',
    recurring: 'Recurring',
    past: 'Over',
    revoked: 'Revoked',
  },
  none: 'No time is excluded',
  noneText:
    'Maintenance, a launch, a failure of somebody else: exclude it, before or after, and say why.',
  noneLike: 'None of them is like that.',
  columns: { when: 'When', scope: 'Whose', treatment: 'Events', why: 'Why', state: 'State' },
  of: {
    slo: (name: string) => name,
    service: (name: string) => `all of ${name}`,
    label: (name: string) => `all with ${name}`,
  },
  treatments: { drop: 'taken out', countGood: 'count as good' },
  by: (author: string) => `by ${author}`,
  revokedBy: (who: string, when: string) => `revoked by ${who}, ${when}`,
  written: (file: string) => `Written in ${file}: change it there.`,
  details: 'Figures',
  detailsOf: 'Raw and adjusted',
  detailsAbout:
    'Adjusted is what counts, with every exclusion that touches the SLO. Raw is what was seen, without any of them.',
  next: (when: string) => `next ${when}`,
  revoke: 'Revoke',
  revokeTitle: 'Revoke this exclusion?',
  revokeText:
    'Every figure is again as if it had never been. It stays listed, with who revoked it.',
  keep: 'Keep it',
  revoked: 'The exclusion is revoked.',
  figures: {
    slo: 'SLO',
    raw: 'Left, raw',
    adjusted: 'Left, adjusted',
    sli: 'SLI, raw',
    adjustedSli: 'SLI, adjusted',
  },
  untouched: 'Now it touches the window of no SLO.',
  markers: 'Markers',
  markersAbout:
    'What happened, to be seen beside figures: deploys, incidents. A marker changes no figure.',
  noMarkers: 'No marker yet',
  noMarkersText: 'Let your pipeline mark each deploy: POST /api/v1/markers.',
};

const pt: typeof en = {
  title: 'Exclusões',
  about:
    'Tempo que se decidiu não contar. Nada do que foi contado muda: fica de fora quando os números são lidos, e volta quando a exclusão é revogada.',
  add: 'Excluir tempo',
  states: { active: 'Em vigor', planned: 'Por vir', past: 'Passada', revoked: 'Revogada' },
  show: 'Mostrar',
  filters: {
    all: 'Todas',
    active: 'Em vigor',
    planned: 'Por vir',
    recurring: 'Recorrentes',
    past: 'Passadas',
    revoked: 'Revogadas',
  },
  none: 'Nenhum tempo está excluído',
  noneText:
    'Manutenção, um lançamento, uma falha de terceiros: exclua antes ou depois, e diga por quê.',
  noneLike: 'Nenhuma é assim.',
  columns: {
    when: 'Quando',
    scope: 'De quem',
    treatment: 'Eventos',
    why: 'Motivo',
    state: 'Estado',
  },
  of: {
    slo: (name) => name,
    service: (name) => `todo o ${name}`,
    label: (name) => `todos com ${name}`,
  },
  treatments: { drop: 'retirados', countGood: 'contam como bons' },
  by: (author) => `por ${author}`,
  revokedBy: (who, when) => `revogada por ${who}, ${when}`,
  written: (file) => `Escrita em ${file}: altere lá.`,
  details: 'Números',
  detailsOf: 'Bruto e ajustado',
  detailsAbout:
    'Ajustado é o que vale, com todas as exclusões que tocam o SLO. Bruto é o que foi visto, sem nenhuma.',
  next: (when) => `próxima ${when}`,
  revoke: 'Revogar',
  revokeTitle: 'Revogar esta exclusão?',
  revokeText:
    'Todos os números voltam a ser como se ela nunca tivesse existido. Ela continua na lista, com quem a revogou.',
  keep: 'Manter',
  revoked: 'A exclusão foi revogada.',
  figures: {
    slo: 'SLO',
    raw: 'Resta, bruto',
    adjusted: 'Resta, ajustado',
    sli: 'SLI, bruto',
    adjustedSli: 'SLI, ajustado',
  },
  untouched: 'Agora ela não toca a janela de nenhum SLO.',
  markers: 'Marcadores',
  markersAbout:
    'O que aconteceu, para ver ao lado dos números: implantações, incidentes. Um marcador não muda número nenhum.',
  noMarkers: 'Nenhum marcador ainda',
  noMarkersText: 'Deixe o seu pipeline marcar cada implantação: POST /api/v1/markers.',
};

export const WORDS: Table<typeof en> = { en, pt };
