import { rollout } from '../incidents';
import type { HistogramPlan, Route, SystemPlan } from '../system';

function route(method: string, path: string, okStatus: string, share: number): Route {
  return {
    labels: { method, path },
    share,
    okStatus,
    serverErrorStatus: '500',
    serverErrorShare: 0.0003,
    clientErrors: [{ status: '404', share: 0.004 }],
    latency: { bounds: ['0.5', '1.0'], tails: [0.02, 0.003] },
  };
}

function query(operation: string, table: string, perRequest: number): HistogramPlan {
  return {
    name: 'db_query_duration_seconds',
    labels: { operation, table },
    perRequest,
    latency: { bounds: ['0.1'], tails: [0.004] },
  };
}

function swipes(liked: string, petType: string, perRequest: number): SystemPlan['counters'][0] {
  return { name: 'swipes_total', labels: { liked, pet_type: petType }, perRequest };
}

/** Swiping pets: busiest at weekends; one bad release ate much of the month's error budget. */
export const petswipe: SystemPlan = {
  name: 'petswipe',
  job: 'petswipe-api',
  pods: 2,
  traffic: { peakPerSecond: 46, nightShare: 0.45, weekendFactor: 1.2 },
  routes: [route('GET', '/api/pets', '200', 0.4), route('POST', '/api/swipes', '201', 0.6)],
  counters: [
    swipes('true', 'dog', 0.2),
    swipes('false', 'dog', 0.15),
    swipes('true', 'cat', 0.13),
    swipes('false', 'cat', 0.12),
    { name: 'matches_created_total', labels: {}, perRequest: 0.01 },
    { name: 'auth_login_attempts_total', labels: { status: 'success' }, perRequest: 0.02 },
    {
      name: 'auth_login_attempts_total',
      labels: { status: 'failure' },
      perRequest: 0.0006,
      follows: 'refusedLogin',
    },
    {
      name: 'cache_hits_total',
      labels: { cache_type: 'pets' },
      perRequest: 0.33,
      follows: 'cacheHit',
    },
  ],
  histograms: [query('select', 'pets', 0.4), query('insert', 'swipes', 0.6)],
  memory: null,
  incidents: [
    ...rollout(58, 8),
    ...rollout(39, 8),
    ...rollout(21, 8),
    ...rollout(4, 8),
    {
      what: 'a cache node was lost: pets loaded slowly',
      daysAgo: 54,
      hour: 20,
      minutes: 50,
      effect: { slowness: 8, lostHitShare: 0.5 },
      note: { kind: 'incident' },
    },
    {
      what: 'a migration that locked the table of swipes',
      daysAgo: 44,
      hour: 16,
      minutes: 14,
      effect: { errorShare: 0.3 },
      note: { kind: 'incident' },
    },
    {
      what: 'announced maintenance: PostgreSQL to its next major version',
      daysAgo: 42,
      hour: 3,
      minutes: 40,
      effect: { downPods: [0, 1] },
      note: { kind: 'maintenance', author: 'platform team' },
    },
    {
      what: 'announced maintenance: new network policies',
      daysAgo: 14,
      hour: 3,
      minutes: 25,
      effect: { downPods: [0, 1] },
      note: { kind: 'maintenance', author: 'platform team' },
    },
    {
      what: 'the load balancer lost its certificate',
      daysAgo: 17,
      hour: 20,
      minutes: 12,
      effect: { downPods: [0, 1] },
      note: { kind: 'incident' },
    },
    {
      what: 'a release that could not write swipes',
      daysAgo: 2,
      hour: 18,
      minutes: 45,
      effect: { errorShare: 0.25, slowness: 3 },
      note: { kind: 'incident' },
    },
  ],
};
