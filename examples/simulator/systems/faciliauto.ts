import { rollout } from '../incidents';
import type { LatencyProfile, Route, SystemPlan } from '../system';

const BOUNDS = ['0.2', '0.5', '1.0'];

function route(endpoint: string, share: number, tails: LatencyProfile['tails']): Route {
  return {
    labels: { endpoint },
    share,
    okStatus: '200',
    serverErrorStatus: '500',
    serverErrorShare: 0.0012,
    clientErrors: [{ status: '404', share: 0.012 }],
    latency: { bounds: BOUNDS, tails },
  };
}

/** Car recommendations: 99.8 % of answers without a server error, as its own worked example has it. */
export const faciliauto: SystemPlan = {
  name: 'faciliauto',
  job: 'faciliauto-api',
  pods: 2,
  traffic: { peakPerSecond: 60, nightShare: 0.25, weekendFactor: 0.8 },
  routes: [
    route('/cars', 0.7, [0.25, 0.018, 0.002]),
    route('/recommendations', 0.3, [0.4, 0.03, 0.005]),
  ],
  counters: [
    { name: 'recommendations_total', labels: {}, perRequest: 0.28 },
    { name: 'cache_hits_total', labels: {}, perRequest: 0.8, follows: 'cacheHit' },
    { name: 'cache_misses_total', labels: {}, perRequest: 0.1, follows: 'cacheMiss' },
  ],
  histograms: [
    {
      name: 'recommendation_duration_seconds',
      labels: {},
      perRequest: 0.28,
      latency: { bounds: ['0.5', '1.0'], tails: [0.02, 0.004] },
    },
  ],
  memory: { baseBytes: 620e6, leakBytesPerDay: 70e6 },
  incidents: [
    ...rollout(56, 9, 'versão 3.8'),
    ...rollout(48, 9, 'versão 3.9'),
    ...rollout(41, 9, 'versão 3.9.1'),
    ...rollout(34, 9, 'versão 3.10'),
    ...rollout(27, 9, 'versão 3.11'),
    ...rollout(18, 9, 'versão 3.12'),
    ...rollout(7, 9, 'versão 3.13'),
    {
      what: 'um índice apagado por engano: recomendações lentas a tarde toda',
      daysAgo: 57,
      hour: 13.5,
      minutes: 300,
      effect: { slowness: 9 },
      note: { kind: 'incident' },
    },
    {
      what: 'manutenção planejada: mudança do banco de dados para outro servidor',
      daysAgo: 50,
      hour: 2,
      minutes: 90,
      effect: { downPods: [0, 1] },
      note: { kind: 'maintenance', author: 'infraestrutura' },
    },
    {
      what: 'certificado vencido no serviço de preços',
      daysAgo: 45,
      hour: 10.25,
      minutes: 55,
      effect: { errorShare: 0.32 },
      note: { kind: 'incident' },
    },
    {
      what: 'uma versão que perdia conexões, desfeita depois de meia hora',
      daysAgo: 41,
      hour: 9.5,
      minutes: 35,
      effect: { errorShare: 0.12 },
      note: { kind: 'incident' },
    },
    {
      what: 'a rede do data center caiu',
      daysAgo: 37,
      hour: 21,
      minutes: 14,
      effect: { downPods: [0, 1] },
      note: { kind: 'incident' },
    },
    {
      what: 'manutenção planejada: atualização do sistema operacional',
      daysAgo: 20,
      hour: 2,
      minutes: 45,
      effect: { downPods: [0, 1] },
      note: { kind: 'maintenance', author: 'infraestrutura' },
    },
    {
      what: 'failover do banco de dados que deu errado',
      daysAgo: 12,
      hour: 13,
      minutes: 150,
      effect: { errorShare: 0.185 },
      note: { kind: 'incident' },
    },
    {
      what: 'o cache foi esvaziado e demorou a encher',
      daysAgo: 6,
      hour: 11,
      minutes: 240,
      effect: { lostHitShare: 0.35, slowness: 1.6 },
      note: { kind: 'incident' },
    },
  ],
};
