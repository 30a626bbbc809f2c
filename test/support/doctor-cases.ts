import type { Severity } from '../../src/doctor/finding';
import {
  FROM,
  histogram,
  latency,
  now,
  ratio,
  requests,
  series,
  target,
  threshold,
} from './doctor-worlds';
import type { WrittenSeries } from './remote-write';
import type { sloWith } from './slos';

const BUCKETS = ['0.1', '0.5', '+Inf'];

export interface Case {
  readonly name: string;
  readonly holds: readonly WrittenSeries[];
  readonly slo: Parameters<typeof sloWith>[0];
  /** Every finding there is: nothing else may be found. */
  readonly found: readonly (readonly [Severity, string, RegExp])[];
}

export const CASES: readonly Case[] = [
  {
    name: 'a healthy ratio',
    holds: [...target('good'), ...requests('good')],
    slo: { sli: ratio('good') },
    found: [],
  },
  {
    name: 'a healthy histogram',
    holds: [...target('fast'), ...histogram('fast', BUCKETS)],
    slo: { sli: latency('fast') },
    found: [],
  },
  {
    name: 'a healthy gauge of availability, by instance',
    holds: [],
    slo: {
      sli: { kind: 'availability', up: 'up{job="good"}', instances: 'any' },
      groupBy: ['instance'],
    },
    found: [],
  },
  {
    name: 'a healthy threshold',
    holds: [],
    slo: { sli: threshold('max(up{job="good"})') },
    found: [],
  },
  {
    name: 'a threshold between two buckets',
    holds: [],
    slo: { sli: latency('fast', '0.3') },
    found: [['error', 'threshold-not-a-bucket', /0\.3 s is not a bucket.*0\.1 s or 0\.5 s/]],
  },
  {
    name: 'a target that lacks the bucket',
    holds: [
      ...target('mixed'),
      ...target('mixed', { instance: 'b:80' }),
      ...histogram('mixed', BUCKETS),
      ...histogram('mixed', ['0.1', '1', '+Inf'], { instance: 'b:80' }),
    ],
    slo: { sli: latency('mixed') },
    found: [['warning', 'bucket-missing-on-some', /1 of 2 targets .* no bucket of 0\.5 s/]],
  },
  {
    name: 'total and bad swapped',
    holds: [],
    slo: {
      sli: ratio('good', {
        total: 'http_requests_total{job="good",code=~"5.."}',
        part: { role: 'bad', selector: 'http_requests_total{job="good"}' },
      }),
    },
    found: [['error', 'bad-above-total', /bad events stand against \d+ in all/]],
  },
  {
    name: 'groups of which one has more bad events than events',
    holds: [],
    slo: {
      sli: ratio('good', {
        total: 'http_requests_total{job="good",code=~"5.."}',
        part: { role: 'bad', selector: 'http_requests_total{job="good",code="200"}' },
      }),
      groupBy: ['instance'],
    },
    found: [['error', 'bad-above-total', /1 groups of instance have more bad events/]],
  },
  {
    name: 'a value that goes up and down',
    holds: [
      ...target('waves'),
      series('open_requests', { job: 'waves', instance: 'a:80' }, (t) => (t / 15) % 4),
    ],
    slo: {
      sli: ratio('waves', {
        total: 'open_requests{job="waves"}',
        part: { role: 'bad', selector: 'open_requests{job="waves"}' },
      }),
    },
    found: [['warning', 'gauge-as-counter', /fell \d+ times on one target .* without a restart/]],
  },
  {
    name: 'a process that restarts often, but counts',
    holds: [
      series('up', { job: 'loop', instance: 'a:80' }, () => 1),
      series(
        'process_start_time_seconds',
        { job: 'loop', instance: 'a:80' },
        (t) => FROM + Math.floor(t / 60) * 60,
      ),
      ...['200', '500'].map((code) =>
        series('http_requests_total', { job: 'loop', instance: 'a:80', code }, (t) => t % 60),
      ),
    ],
    slo: { sli: ratio('loop') },
    found: [],
  },
  {
    name: 'a highly available pair',
    holds: ['0', '1'].flatMap((replica) => [
      ...target('pair', { replica }),
      ...requests('pair', { replica }),
    ]),
    slo: { sli: ratio('pair') },
    found: [['warning', 'replica-label', /told apart by replica only/]],
  },
  {
    name: 'a replica label that tells targets apart',
    holds: ['0', '1'].flatMap((replica) => [
      ...target('set', { replica, instance: `${replica}:80` }),
      ...requests('set', { replica, instance: `${replica}:80` }),
    ]),
    slo: { sli: ratio('set') },
    found: [],
  },
  {
    name: 'recorded series without an instance',
    holds: [
      ...target('recorded'),
      ...requests('recorded', { instance: '' }).map(({ labels, samples }) => ({
        labels: Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== '')),
        samples,
      })),
    ],
    slo: { sli: ratio('recorded') },
    found: [
      ['warning', 'identity-label-absent', /2 of 2 series .* no label instance/],
      ['info', 'no-process-start-time', /1 of 1 targets/],
    ],
  },
  {
    name: 'targets that do not tell when they began',
    holds: [...target('ageless').slice(0, 1), ...requests('ageless')],
    slo: { sli: ratio('ageless') },
    found: [['info', 'no-process-start-time', /births are judged by up alone/]],
  },
  {
    name: 'targets that are scraped at another pace than configured',
    holds: [...target('slow', {}, 30), ...requests('slow', {}, 30)],
    slo: { sli: ratio('slow') },
    found: [['warning', 'scrape-interval-differs', /every 30s, .* says 15s/]],
  },
  {
    name: 'too many groups',
    holds: [
      ...target('users'),
      ...Array.from({ length: 1_001 }, (_, user) => ({
        labels: {
          __name__: 'http_requests_total',
          job: 'users',
          instance: 'a:80',
          code: '500',
          user: String(user),
        },
        samples: [[now - 15, 1]] as const,
      })),
    ],
    slo: { sli: ratio('users'), groupBy: ['user'] },
    found: [['error', 'too-many-groups', /1001 groups, allowed: up to 1000/]],
  },
  {
    name: 'a grouping label that no series has',
    holds: [],
    slo: { sli: ratio('good'), groupBy: ['endpoint'] },
    found: [
      ['error', 'group-label-absent', /none of the 2 series .*, allowed: code, instance, job/],
    ],
  },
  {
    name: 'a grouping label that some series lack',
    holds: [...target('half'), ...requests('half'), ...requests('half', { endpoint: '/cars' })],
    slo: { sli: ratio('half'), groupBy: ['endpoint'] },
    found: [['warning', 'group-label-absent', /2 of 4 series .* no label endpoint/]],
  },
  {
    name: 'a metric that nobody exposes',
    holds: [],
    slo: { sli: ratio('good', { total: 'http_request_total{job="good"}' }) },
    found: [['error', 'matches-nothing', /no metric http_request_total exists/]],
  },
  {
    name: 'a job that nobody has',
    holds: [],
    slo: { sli: ratio('goood') },
    found: [['warning', 'matches-nothing', /allowed: values that job .* such as .*"/]],
  },
  {
    name: 'a label that no bad event has',
    holds: [],
    slo: {
      sli: ratio('good', {
        part: { role: 'bad', selector: 'http_requests_total{job="good",status="500"}' },
      }),
    },
    found: [['warning', 'part-matches-nothing', /have no label status, allowed: code/]],
  },
  {
    name: 'a query that the source refuses',
    holds: [],
    slo: { sli: threshold('up{job="pair"} * on (job) up{job="pair"}') },
    found: [['error', 'query-refused', /many-to-many/]],
  },
  {
    name: 'a query without an answer',
    holds: [],
    slo: { sli: threshold('nothing_seconds > 1') },
    found: [['warning', 'matches-nothing', /no answer now: nothing_seconds/]],
  },
  {
    name: 'an objective too loose for its pages',
    holds: [],
    slo: {
      sli: ratio('good'),
      objective: '0.9',
      alerting: {
        runbook: null,
        labels: {},
        tiers: [{ kind: 'page', severity: 'page', disabled: false }],
      },
    },
    found: [['warning', 'tier-cannot-fire', /14\.4 .* factors below .* = 10/]],
  },
  {
    name: 'more series than can be read in one go',
    holds: [
      ...target('wide'),
      ...Array.from({ length: 50_001 }, (_, k) => ({
        labels: {
          __name__: 'wide_total',
          job: 'wide',
          instance: 'a:80',
          path: String(k),
        },
        samples: [[now - 15, 1]] as const,
      })),
    ],
    slo: {
      sli: ratio('wide', {
        total: 'wide_total{job="wide"}',
        part: { role: 'bad', selector: 'wide_total{job="wide",path="1"}' },
      }),
    },
    found: [['warning', 'too-many-series', /has 50001 series, allowed: up to 50000/]],
  },
];
