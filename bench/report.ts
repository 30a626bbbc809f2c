import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** One measured value, with the target it is held to. */
export interface Measured {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** At most this. */
  readonly target?: number;
  readonly note?: string;
}

/** Machines vary: a target that is missed by less than this is told of and forgiven. */
const FORGIVEN_FACTOR = 2;

/** Prints the values as a table, keeps them as JSON, and says which targets were missed by far. */
export function report(title: string, measured: readonly Measured[], file: string): boolean {
  console.log(`\n${title}\n`);
  console.log(row('what', 'measured', 'target', ''));
  for (const { name, value, unit, target, note } of measured) {
    const wanted = target === undefined ? '' : `<= ${figure(target)} ${unit}`;
    console.log(row(name, `${figure(value)} ${unit}`, wanted, [verdict(value, target), note]));
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ title, measured }, null, 2)}\n`);
  console.log(`\nThe same as JSON: ${file}`);
  const far = measured.filter(({ value, target }) => isFarOff(value, target));
  for (const { name, value, unit, target } of far) {
    console.log(
      `TARGET MISSED BY FAR: ${name} is ${figure(value)} ${unit}, allowed: ${figure(target ?? 0)} ${unit}`,
    );
  }
  return far.length === 0;
}

function verdict(value: number, target: number | undefined): string {
  if (target === undefined || value <= target) return '';
  return isFarOff(value, target) ? 'MISSED BY FAR' : 'missed';
}

/** A value that could not be measured is a miss too. */
function isFarOff(value: number, target: number | undefined): boolean {
  return target !== undefined && !(value <= target * FORGIVEN_FACTOR);
}

function row(
  name: string,
  value: string,
  target: string,
  rest: string | readonly (string | undefined)[],
): string {
  const end = typeof rest === 'string' ? rest : rest.filter((part) => part).join('; ');
  return `${name.padEnd(44)}${value.padStart(16)}${target.padStart(16)}  ${end}`.trimEnd();
}

function figure(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return Number.isInteger(value) ? String(value) : value.toFixed(digits);
}
