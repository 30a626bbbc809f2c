import { rollout } from '../incidents';
import type { SystemPlan } from '../system';

/** A to-do API in which one call in seven hundred has been failing for days: nobody is woken, a ticket waits. */
export const todo: SystemPlan = {
  name: 'todo',
  job: 'todo-backend',
  pods: 2,
  traffic: { peakPerSecond: 42, nightShare: 0.5, weekendFactor: 0.9 },
  routes: [
    {
      labels: {},
      share: 1,
      okStatus: '200',
      serverErrorStatus: '500',
      serverErrorShare: 0.0002,
      clientErrors: [
        { status: '401', share: 0.004, refusedLogin: true },
        { status: '404', share: 0.008 },
      ],
      latency: { bounds: ['0.5', '1.0', '2.0', '5.0'], tails: [0.018, 0.004, 0.0008, 0.0001] },
    },
  ],
  counters: [],
  histograms: [],
  memory: { baseBytes: 290e6, leakBytesPerDay: 12e6 },
  incidents: [
    ...rollout(52, 7),
    ...rollout(38, 7),
    ...rollout(22, 7),
    ...rollout(8, 7),
    {
      what: 'a release with a wrong database password',
      daysAgo: 52,
      hour: 7.5,
      minutes: 6,
      effect: { errorShare: 0.4 },
      note: { kind: 'incident' },
    },
    {
      what: 'a robot tried passwords all night',
      daysAgo: 43,
      hour: 1,
      minutes: 200,
      effect: { refusedLoginShare: 0.12 },
      note: { kind: 'incident' },
    },
    {
      what: 'the virtual machines were moved: both pods away',
      daysAgo: 33,
      hour: 5,
      minutes: 5,
      effect: { downPods: [0, 1] },
      note: { kind: 'incident' },
    },
    {
      what: 'a missing index: everything was slow for an hour and a half',
      daysAgo: 15,
      hour: 16,
      minutes: 90,
      effect: { slowness: 15 },
      note: { kind: 'incident' },
    },
    {
      what: 'a slow leak of connections, still going on',
      daysAgo: 4,
      hour: 15,
      minutes: Number.POSITIVE_INFINITY,
      effect: { errorShare: 0.0013 },
    },
  ],
};
