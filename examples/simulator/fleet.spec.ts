import { Fleet } from './fleet';
import type { Pod } from './pod';
import type { SystemPlan } from './system';
import { SYSTEMS } from './systems/all';
import { faciliauto } from './systems/faciliauto';
import { patacao } from './systems/patacao';
import { todo } from './systems/todo';

const DAY = 86_400;
const ANCHOR = Date.UTC(2026, 10, 20, 15, 37) / 1000;
const MONTH_AGO = ANCHOR - 30 * DAY;

const fleetOf = (systems: readonly SystemPlan[], seed = 'seed', from = MONTH_AGO): Fleet =>
  new Fleet(systems, seed, ANCHOR, from);

/** Where the series of a pod stand whose name matches and whose labels hold the given ones. */
function placesOf(pod: Pod, name: string, labels: Readonly<Record<string, string>> = {}): number[] {
  return pod.series.flatMap((series, index) => {
    const matches = Object.entries(labels).every(([key, value]) => series.labels[key] === value);
    return series.name === name && matches ? [index] : [];
  });
}

function sumAt(pod: Pod, places: readonly number[]): number {
  return places.reduce((sum, place) => {
    const value = pod.values[place] ?? Number.NaN;
    return Number.isNaN(value) ? sum : sum + value;
  }, 0);
}

function valueOf(pod: Pod, name: string, labels: Readonly<Record<string, string>> = {}): number {
  return sumAt(pod, placesOf(pod, name, labels));
}

/** Share of server errors among the requests of all pods until an instant, counted over restarts. */
function errorShare(fleet: Fleet, to: number): number {
  const counters = fleet.pods.flatMap((pod) =>
    [{}, { status: '500' }].map((labels, which) => {
      const places = placesOf(pod, 'http_requests_total', labels);
      return { which, read: () => sumAt(pod, places), last: 0 };
    }),
  );
  const totals = [0, 0];
  for (let at = fleet.state().at + 60; at <= to; at += 60) {
    fleet.advanceTo(at, 60);
    for (const counter of counters) {
      const value = counter.read();
      const added = value >= counter.last ? value - counter.last : value;
      totals[counter.which] = (totals[counter.which] ?? 0) + added;
      counter.last = value;
    }
  }
  return (totals[1] ?? 0) / (totals[0] ?? 0);
}

describe('a fleet', () => {
  it('lives the same life from the same seed, another from another', () => {
    const lives = ['seed', 'seed', 'other'].map((seed) => {
      const fleet = fleetOf(SYSTEMS, seed);
      fleet.advanceTo(MONTH_AGO + 3_600, 60);
      return JSON.stringify(fleet.state());
    });
    expect(lives[0]).toBe(lives[1]);
    expect(lives[0]).not.toBe(lives[2]);
  });

  it('goes on from a saved state as if nothing had been saved', () => {
    const undisturbed = fleetOf(SYSTEMS);
    const saved = fleetOf(SYSTEMS);
    saved.advanceTo(MONTH_AGO + 1_800, 60);
    expect(saved.state()).toMatchObject({ from: MONTH_AGO, at: MONTH_AGO + 1_800 });
    const resumed = Fleet.resumed(
      SYSTEMS,
      JSON.parse(JSON.stringify(saved.state())) as ReturnType<Fleet['state']>,
    );
    for (const fleet of [undisturbed, resumed]) fleet.advanceTo(MONTH_AGO + 3_600, 60);
    expect(resumed.state()).toEqual(undisturbed.state());
  });

  it('refuses a state of another model', () => {
    const state = fleetOf([patacao]).state();
    expect(() => Fleet.resumed(SYSTEMS, state)).toThrow('has 2 pods, this model has 10');
    expect(() => Fleet.resumed([todo], state)).toThrow('start over with --fresh');
  });

  it('never counts backwards, except where a process began anew', () => {
    const fleet = fleetOf([patacao, faciliauto]);
    const falls: string[] = [];
    let restarts = 0;
    let before = fleet.pods.map((pod) => pod.values.slice());
    for (let at = MONTH_AGO + 600; at <= ANCHOR; at += 600) {
      fleet.advanceTo(at, 120);
      fleet.pods.forEach((pod, index) => {
        const began = pod.values[0] !== before[index]?.[0];
        if (began) restarts += 1;
        pod.values.forEach((value, place) => {
          const series = pod.series[place];
          if (began || series?.type === 'gauge' || !(value < (before[index]?.[place] ?? 0))) return;
          falls.push(`${series?.name ?? ''} at ${at}`);
        });
      });
      before = fleet.pods.map((pod) => pod.values.slice());
    }
    expect(falls).toEqual([]);
    // Two rollouts, an outage and a maintenance of both pods at Patacão, three rollouts and a maintenance at FacilIAuto.
    expect(restarts).toBe(4 * 2 + 4 * 2);
  });

  it('answers every request with one status and one duration', () => {
    const fleet = fleetOf(SYSTEMS);
    fleet.advanceTo(MONTH_AGO + DAY, 300);
    for (const pod of fleet.pods) {
      const requests = valueOf(pod, 'http_requests_total');
      expect(requests).toBeGreaterThan(1000);
      expect(valueOf(pod, 'http_request_duration_seconds_count')).toBe(requests);
      expect(valueOf(pod, 'http_request_duration_seconds_bucket', { le: '+Inf' })).toBe(requests);
      const within = ['0.5', '1.0'].map((le) =>
        valueOf(pod, 'http_request_duration_seconds_bucket', { le }),
      );
      expect(within[0]).toBeLessThan(within[1] ?? 0);
      expect(within[1]).toBeLessThanOrEqual(requests);
    }
  });

  it('has no error series before the first error', () => {
    const fleet = fleetOf([patacao]);
    const [pod] = fleet.pods;
    const errors = pod?.series.findIndex(({ labels }) => labels['status'] === '500') ?? -1;
    expect(pod?.values[errors]).toBeNaN();
    fleet.advanceTo(MONTH_AGO + 3 * DAY, 60);
    expect(pod?.values[errors]).toBeGreaterThan(0);
  });
});

describe('the month the fleet has behind it', () => {
  it('leaves FacilIAuto near its own worked example: 99.8 % of 99.5 %', () => {
    const remaining = 1 - errorShare(fleetOf([faciliauto]), ANCHOR) / 0.005;
    expect(remaining).toBeGreaterThan(0.5);
    expect(remaining).toBeLessThan(0.7);
  });

  it('takes both pods of Patacão away for an outage and a maintenance, and never otherwise', () => {
    const fleet = fleetOf([patacao]);
    let minutesDown = 0;
    for (let at = MONTH_AGO + 60; at <= ANCHOR; at += 60) {
      fleet.advanceTo(at, 60);
      if (fleet.pods.every(({ up }) => !up)) minutesDown += 1;
    }
    expect(minutesDown).toBe(40 + 25);
  });

  it('burns the budget of the to-do backend faster than it lasts, but for the ticket only', () => {
    const fleet = fleetOf([todo], 'seed', ANCHOR - 3 * DAY);
    const burn = errorShare(fleet, ANCHOR) / 0.001;
    expect(burn).toBeGreaterThan(1.2);
    expect(burn).toBeLessThan(2.5);
  });
});
