import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isComposite, sloId } from '../src/domain/slo';
import { type Validation, validatePaths } from '../src/definitions/validate-paths';
import { seriesOf } from './simulator/series';
import { SYSTEMS } from './simulator/systems/all';

describe('the SLOs of the five systems', () => {
  let validation: Validation;
  beforeAll(async () => {
    validation = await validatePaths([__dirname]);
  });

  it('are good definitions, with one warning that the file explains', () => {
    expect(validation.problems.map(({ severity, message }) => ({ severity, message }))).toEqual([
      {
        severity: 'warning',
        message: expect.stringContaining('at objective 0.5 even a full outage') as string,
      },
    ]);
  });

  it('are those of every system', () => {
    const services = validation.slos.map(({ slo }) => slo.service);
    const counts = SYSTEMS.map(({ name }) => [name, services.filter((s) => s === name).length]);
    expect(Object.fromEntries(counts)).toEqual({
      patacao: 9,
      faciliauto: 18,
      petswipe: 12,
      todo: 14,
      mercenary: 6,
    });
  });

  it('ask only for series that their system has', () => {
    const strangers = validation.slos.flatMap(({ slo }) => {
      if (isComposite(slo)) return [];
      const system = SYSTEMS.find(({ name }) => name === slo.service);
      if (system === undefined) throw new Error(`no model of ${slo.service}`);
      const known = seriesOf(system).flatMap(({ name, family }) => [name, family]);
      const asked = [...JSON.stringify(slo.sli).matchAll(/([a-z_]+)\{job=\\"([a-z-]+)\\"/g)];
      expect(asked.length).toBeGreaterThan(0);
      return asked
        .filter(([, name = '', job]) => job !== system.job || ![...known, 'up'].includes(name))
        .map(([text]) => `${sloId(slo)}: ${text}`);
    });
    expect(strangers).toEqual([]);
  });

  it('name thresholds that are buckets', () => {
    const missing = validation.slos.flatMap(({ slo }) => {
      if (slo.sli.kind !== 'latency') return [];
      const { histogram, thresholdSeconds } = slo.sli;
      const system = SYSTEMS.find(({ name }) => name === slo.service);
      const bounds = (system === undefined ? [] : seriesOf(system))
        .filter(({ family }) => histogram.startsWith(`${family}{`))
        .map(({ labels }) => Number(labels['le']));
      return bounds.includes(Number(thresholdSeconds)) ? [] : [sloId(slo)];
    });
    expect(missing).toEqual([]);
  });

  it('give every alert a runbook that there is', () => {
    const lost = validation.slos.flatMap(({ slo }) => {
      const { runbook } = slo.alerting;
      const isThere = runbook !== null && existsSync(join(__dirname, '..', runbook));
      return isThere ? [] : [`${sloId(slo)}: ${runbook ?? 'none'}`];
    });
    expect(lost).toEqual([]);
  });

  it('lie where only definitions are YAML', () => {
    expect(validation.files).toEqual(
      [...validation.files].filter((file) => file.endsWith('slos.yaml')),
    );
    expect(validation.files).toContain(join(__dirname, 'todo', 'slos.yaml'));
  });
});
