import { rollout } from '../incidents';
import type { LatencyProfile, Route, SystemPlan } from '../system';

function route(
  method: string,
  handler: string,
  share: number,
  tails: LatencyProfile['tails'],
): Route {
  return {
    labels: { handler, method },
    share,
    okStatus: '2xx',
    serverErrorStatus: '5xx',
    serverErrorShare: 0.002,
    clientErrors: [{ status: '4xx', share: 0.02 }],
    latency: { bounds: ['0.5', '1.0'], tails },
  };
}

/** A market for freelance work: sending a proposal has been too slow too often this month. */
export const mercenary: SystemPlan = {
  name: 'mercenary',
  job: 'mercenary-api',
  pods: 2,
  traffic: { peakPerSecond: 25, nightShare: 0.3, weekendFactor: 0.6 },
  routes: [
    route('GET', '/api/v1/jobs', 0.75, [0.02, 0.003]),
    route('POST', '/api/v1/proposals', 0.25, [0.05, 0.007]),
  ],
  counters: [
    { name: 'proposals_submitted_total', labels: {}, perRequest: 0.24 },
    { name: 'payments_total', labels: { status: 'succeeded' }, perRequest: 0.03 },
    {
      name: 'payments_total',
      labels: { status: 'failed' },
      perRequest: 0.0001,
      follows: 'failure',
    },
  ],
  histograms: [],
  memory: null,
  incidents: [
    ...rollout(55, 6),
    ...rollout(40, 6),
    ...rollout(26, 6),
    ...rollout(13, 6),
    {
      what: 'the payment provider refused one request in eight',
      daysAgo: 52,
      hour: 19,
      minutes: 110,
      effect: { errorShare: 0.12 },
      note: { kind: 'incident' },
    },
    {
      what: 'a report locked the table of jobs',
      daysAgo: 46,
      hour: 9,
      minutes: 75,
      effect: { slowness: 25 },
      note: { kind: 'incident' },
    },
    {
      what: 'both pods ran out of memory',
      daysAgo: 35,
      hour: 12,
      minutes: 9,
      effect: { downPods: [0, 1] },
      note: { kind: 'incident' },
    },
    {
      what: 'the search cluster rebalanced in working hours',
      daysAgo: 16,
      hour: 10,
      minutes: 480,
      effect: { slowness: 40 },
      note: { kind: 'incident' },
    },
    {
      what: 'the connection pool ran dry',
      daysAgo: 3,
      hour: 17,
      minutes: 40,
      effect: { errorShare: 0.3 },
      note: { kind: 'incident' },
    },
  ],
};
