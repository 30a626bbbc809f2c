import fc from 'fast-check';
import { stringify } from 'yaml';
import { anyText } from '../../test/support/any-text';
import { InvalidValue } from '../domain/invalid-value';
import { Objective } from '../domain/objective';
import { problemLine } from '../yaml/problem';
import { readYaml } from '../yaml/read-yaml';
import { slug } from './foreign-names';
import { percentageOf } from './percentage';
import { readDefinitions } from './read-definitions';

/** Random strings that go through each property, and how many of them a document holds. */
const STRINGS = 10_000;
const PER_DOCUMENT = 25;

/** Unquoted, which is how the library writes it, it is no key but merges mappings. */
const MERGE = '<<';

const DNS_LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

const SLI = { ratio: { total: 'a_total', bad: 'b_total' } };

const texts = fc.array(anyText, { minLength: PER_DOCUMENT, maxLength: PER_DOCUMENT });

function native(slos: readonly object[], service = 'api'): string {
  return stringify({ apiVersion: 'slowburn/v1', service, slos });
}

describe('an odd text', () => {
  it('comes out of YAML as it went in: as a value, as a key and in a list', () => {
    fc.assert(
      fc.property(texts, (given) => {
        const written = given.map((text) => ({
          value: text,
          keyed: { [text === MERGE ? 'a' : text]: [text] },
        }));
        const { documents, problems } = readYaml(stringify(written), 'f');
        expect(problems).toEqual([]);
        expect(JSON.stringify(documents[0]?.value)).toBe(JSON.stringify(written));
      }),
      { numRuns: STRINGS / PER_DOCUMENT },
    );
  });

  it('is a label, a description and a severity as it stands', () => {
    fc.assert(
      fc.property(texts, (given) => {
        const slos = given.map((text, index) => ({
          name: `slo-${index}`,
          description: `.${text}`,
          labels: { odd: text },
          objective: '99%',
          sli: SLI,
          alerting: { labels: { odd: text }, page: { severity: `${text}.` } },
        }));
        const read = readDefinitions(native(slos), 'f');
        expect(read.problems).toEqual([]);
        expect(read.slos).toHaveLength(given.length);
        for (const [index, { slo }] of read.slos.entries()) {
          const text = given[index] ?? '';
          expect(slo).toMatchObject({ description: `.${text}`, labels: { odd: text } });
          expect(slo.alerting.labels).toEqual({ odd: text });
          expect(slo.alerting.tiers[0]?.severity).toBe(`${text}.`);
        }
      }),
      { numRuns: STRINGS / PER_DOCUMENT },
    );
  });

  it('is a name where it is a DNS label, and is refused where it stands otherwise', () => {
    const names = fc.array(fc.oneof(anyText, fc.stringMatching(/^[a-z0-9-]{1,70}$/)), {
      minLength: PER_DOCUMENT,
      maxLength: PER_DOCUMENT,
    });
    fc.assert(
      fc.property(names, (given) => {
        const wanted = [...new Set(given)];
        const slos = wanted.map((name) => ({ name, objective: '99%', sli: SLI }));
        const read = readDefinitions(native(slos), 'f');
        const good = wanted.filter((name) => DNS_LABEL.test(name));
        expect(read.slos.map(({ slo }) => slo.name)).toEqual(good);
        const refused = new Set(read.problems.map(({ path }) => path));
        for (const [index, name] of wanted.entries()) {
          expect([name, refused.has(`slos[${index}].name`)]).toEqual([name, !DNS_LABEL.test(name)]);
        }
        expect(read.obscured).toBe(good.length < wanted.length);
      }),
      { numRuns: STRINGS / PER_DOCUMENT },
    );
  });

  it('is made a name that stays one, or is none', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const name = slug(text);
        if (name === null) return;
        expect(name).toMatch(DNS_LABEL);
        expect(slug(name)).toBe(name);
      }),
      { numRuns: STRINGS },
    );
  });

  it('never leaves the line of the message that refuses it', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const slo = { name: 'a', objective: text, sli: { ratio: { total: text, bad: text } } };
        const { problems } = readDefinitions(native([slo], text), 'f');
        expect(problems.length).toBeGreaterThan(0);
        for (const line of problems.map(problemLine)) {
          expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        }
      }),
      { numRuns: STRINGS / 10, examples: [['2\ufeff']] },
    );
  });
});

describe('an objective', () => {
  const decimal = fc
    .tuple(fc.nat(120), fc.stringMatching(/^\d{0,14}$/), fc.constantFrom('', '%', ' %', '%%'))
    .map(([whole, decimals, unit]) => `${whole}${decimals === '' ? '' : `.${decimals}`}${unit}`);

  it('is what the text says, digit for digit, or is refused with the text', () => {
    fc.assert(
      fc.property(fc.oneof(decimal, anyText), (text) => {
        const allowed = exactly(text);
        if (allowed === null) {
          expect(() => Objective.parse(text)).toThrow(InvalidValue);
          return;
        }
        const objective = Objective.parse(text);
        expect(objective.text).toBe(allowed);
        expect(Objective.parse(objective.text).text).toBe(allowed);
        expect(Objective.parse(`${percentageOf(objective.text)}%`).text).toBe(allowed);
      }),
      { numRuns: STRINGS },
    );
  });
});

/** The decimal in (0, 1) that a text says, by shifting its digits; null where it says none. */
function exactly(text: string): string | null {
  const written = text.trim();
  const percent = written.endsWith('%');
  const number = percent ? written.slice(0, -1).trimEnd() : written;
  if (!/^[0-9]{1,3}(\.[0-9]{1,12})?$/.test(number)) return null;
  const [whole = '', decimals = ''] = number.split('.');
  const shifted = percent ? whole.padStart(5, '0') : `${whole}00`.padStart(5, '0');
  const units = Number(shifted.slice(0, -2));
  const digits = (shifted.slice(-2) + decimals).replace(/^00/, percent ? '00' : '');
  if (units !== 0) return null;
  const trimmed = (percent ? digits : decimals).replace(/0+$/, '');
  return trimmed === '' ? null : `0.${trimmed}`;
}
