import type { Table } from '../words/say';

const en = {
  addMarker: 'Add a marker',
  kinds: { deploy: 'Deploy', incident: 'Incident', other: 'Other' },
  marker: {
    kind: 'Kind',
    at: 'When',
    end: 'Until',
    endHint: 'Empty for a moment.',
    text: 'What happened',
    about: 'About',
    abouts: 'service/name of an SLO, a service, or empty for everything.',
    link: 'Link',
    linkHint: 'To the build or the ticket; http or https.',
    everything: 'everything',
    save: 'Add it',
    saved: 'The marker is there.',
    missingText: 'Say what happened.',
    missingAt: 'Say when.',
  },
};

const pt: typeof en = {
  addMarker: 'Adicionar marcador',
  kinds: { deploy: 'Implantação', incident: 'Incidente', other: 'Outro' },
  marker: {
    kind: 'Tipo',
    at: 'Quando',
    end: 'Até',
    endHint: 'Vazio para um instante.',
    text: 'O que aconteceu',
    about: 'Sobre',
    abouts: 'serviço/nome de um SLO, um serviço, ou vazio para tudo.',
    link: 'Link',
    linkHint: 'Para o build ou o chamado; http ou https.',
    everything: 'tudo',
    save: 'Adicionar',
    saved: 'O marcador está lá.',
    missingText: 'Diga o que aconteceu.',
    missingAt: 'Diga quando.',
  },
};

export const MARKER_WORDS: Table<typeof en> = { en, pt };
