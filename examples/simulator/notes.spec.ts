import { lastMonth } from './history-start';
import { notesOf } from './notes';
import { SYSTEMS } from './systems/all';
import { faciliauto } from './systems/faciliauto';
import { todo } from './systems/todo';

const DAY = 86_400;
const ANCHOR = Date.UTC(2026, 10, 30, 4, 43) / 1000;
const OCTOBER = Date.UTC(2026, 9, 1) / 1000;

describe('what the teams wrote down', () => {
  it('is a marker for a rollout and an incident, an exclusion for announced maintenance', () => {
    const { markers, exclusions } = notesOf([faciliauto], ANCHOR, OCTOBER);
    expect(markers).toContainEqual({
      kind: 'deploy',
      service: 'faciliauto',
      at: '2026-10-27T12:00:00Z',
      end: '2026-10-27T12:02:00Z',
      text: 'versão 3.10',
    });
    expect(markers).toContainEqual({
      kind: 'incident',
      service: 'faciliauto',
      at: '2026-10-16T13:15:00Z',
      end: '2026-10-16T14:10:00Z',
      text: 'certificado vencido no serviço de preços',
    });
    expect(exclusions[0]).toEqual({
      service: 'faciliauto',
      from: '2026-10-11T05:00:00Z',
      to: '2026-10-11T06:30:00Z',
      reason: 'manutenção planejada: mudança do banco de dados para outro servidor',
      author: 'infraestrutura',
    });
  });

  it('says nothing of what nobody noticed, nor of what began before', () => {
    const all = notesOf([todo], ANCHOR, OCTOBER).markers.map(({ text }) => text);
    expect(all).not.toContain('a slow leak of connections, still going on');
    expect(all).toContain('the virtual machines were moved: both pods away');
    const since = notesOf([todo], ANCHOR, ANCHOR - 10 * DAY).markers.map(({ text }) => text);
    expect(since).toEqual(['a new release']);
  });

  it('has an incident of each system in last month, whatever day it is', () => {
    for (let anchor = OCTOBER; anchor < OCTOBER + 800 * DAY; anchor += DAY) {
      const { from, to } = lastMonth(anchor);
      const inMonth = notesOf(SYSTEMS, anchor, from).markers.filter(
        ({ kind, at }) => kind === 'incident' && Date.parse(at) / 1000 < to,
      );
      const quiet = SYSTEMS.filter(({ name }) => !inMonth.some(({ service }) => service === name));
      expect([new Date(anchor * 1000).toISOString(), quiet]).toEqual([expect.any(String), []]);
    }
  });
});
