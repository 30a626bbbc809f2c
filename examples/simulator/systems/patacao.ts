import { rollout } from '../incidents';
import type { SystemPlan } from '../system';

/** A pet shop's management system: one forty-minute outage took nearly all of its uptime budget. */
export const patacao: SystemPlan = {
  name: 'patacao',
  job: 'patacao-api',
  pods: 2,
  traffic: { peakPerSecond: 12, nightShare: 0.15, weekendFactor: 1.1 },
  routes: [
    {
      labels: {},
      share: 1,
      okStatus: '200',
      serverErrorStatus: '500',
      serverErrorShare: 0.00008,
      clientErrors: [
        { status: '401', share: 0.001, refusedLogin: true },
        { status: '404', share: 0.006 },
      ],
      latency: { bounds: ['0.2', '0.5', '1.0'], tails: [0.02, 0.004, 0.0006] },
    },
  ],
  counters: [],
  histograms: [],
  memory: null,
  incidents: [
    ...rollout(24, 10),
    ...rollout(10, 10),
    {
      what: 'the database host died; the API was away for forty minutes',
      daysAgo: 19,
      hour: 15,
      minutes: 40,
      effect: { downPods: [0, 1] },
    },
    {
      what: 'a release broke the order form',
      daysAgo: 9,
      hour: 14.5,
      minutes: 25,
      effect: { errorShare: 0.25 },
    },
    {
      what: 'somebody tried stolen passwords',
      daysAgo: 5,
      hour: 22,
      minutes: 40,
      effect: { refusedLoginShare: 0.15 },
    },
  ],
};
