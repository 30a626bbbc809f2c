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
    ...rollout(27, 9),
    ...rollout(18, 9),
    ...rollout(7, 9),
    {
      what: 'a database fail-over that went wrong',
      daysAgo: 12,
      hour: 13,
      minutes: 150,
      effect: { errorShare: 0.185 },
    },
    {
      what: 'the cache was flushed and warmed slowly',
      daysAgo: 6,
      hour: 11,
      minutes: 240,
      effect: { lostHitShare: 0.35, slowness: 1.6 },
    },
  ],
};
