import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** One measured value, with the target it is held to. */
export interface Measured {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** At most this. */
  readonly target?: number;
  /** At least this. */
  readonly atLeast?: number;
  readonly note?: string;
}

/** Machines vary: a target that is missed by less than this is told of and forgiven. */
const FORGIVEN_FACTOR = 2;

/** Prints the values as a table, keeps them as JSON, and says which targets were missed by far. */
export function report(title: string, measured: readonly Measured[], file: string): boolean {
  console.log(`\n${title}\n`);
  console.log(row('what', 'measured', 'target', ''));
  for (const each of measured) {
    const { name, value, unit, note } = each;
    console.log(row(name, `${figure(value)} ${unit}`, wanted(each), [verdict(each), note]));
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ title, measured }, null, 2)}\n`);
  console.log(`\nThe same as JSON: ${file}`);
  const far = measured.filter(isFarOff);
  for (const each of far) {
    const { name, value, unit } = each;
    console.log(
      `TARGET MISSED BY FAR: ${name} is ${figure(value)} ${unit}, wanted: ${wanted(each)}`,
    );
  }
  return far.length === 0;
}

function wanted({ target, atLeast, unit }: Measured): string {
  if (target !== undefined) return `<= ${figure(target)} ${unit}`;
  return atLeast === undefined ? '' : `>= ${figure(atLeast)} ${unit}`;
}

function verdict(measured: Measured): string {
  if (wanted(measured) === '') return '';
  if (isWithin(measured, 1)) return 'met';
  return isFarOff(measured) ? 'MISSED BY FAR' : 'missed';
}

function isFarOff(measured: Measured): boolean {
  return !isWithin(measured, FORGIVEN_FACTOR);
}

/** A value that could not be measured is within nothing. */
function isWithin({ value, target, atLeast }: Measured, factor: number): boolean {
  const isSmall = target === undefined || value <= target * factor;
  return isSmall && (atLeast === undefined || value >= atLeast / factor);
}

function row(
  name: string,
  value: string,
  target: string,
  rest: string | readonly (string | undefined)[],
): string {
  const end = typeof rest === 'string' ? rest : rest.filter((part) => part).join('; ');
  return `${name.padEnd(52)}${value.padStart(16)}${target.padStart(16)}  ${end}`.trimEnd();
}

function figure(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return Number.isInteger(value) ? String(value) : value.toFixed(digits);
}
