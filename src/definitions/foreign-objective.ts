import { Objective } from '../domain/objective';
import { shown } from '../yaml/shown';
import type { Field } from './foreign-field';
import { percentageOf } from './percentage';

/** An objective in percent, such as 99.9; languages take 0.999 as 0.999 %, which nobody means. */
export function percentObjective(field: Field, tool: string): Objective | null {
  const text = field.required('a percentage such as 99.9');
  if (text === null) return null;
  const plain = /^\d+(\.\d+)?$/.test(text);
  if (plain && Number(text) > 0 && Number(text) < 1) {
    field.error(
      `${field.key} is ${shown(text)}, which ${tool} takes as ${text} %, allowed: a percentage such as 99.9 (was ${percentageOf(text)} meant?)`,
    );
    return null;
  }
  if (!plain || Number(text) <= 0 || Number(text) >= 100) {
    field.error(
      `${field.key} is ${shown(text)}, allowed: a percentage such as 99.9, above 0 and below 100`,
    );
    return null;
  }
  return field.attempt(() => Objective.parse(`${text}%`));
}

/** An objective as a ratio, such as 0.999. */
export function ratioObjective(field: Field, percentKey: string | null): Objective | null {
  const text = field.required('a ratio such as 0.999');
  if (text === null) return null;
  if (!/^\d*(\.\d+)?$/.test(text) || Number(text) <= 0 || Number(text) >= 1) {
    const meant = percentKey === null ? `${text} %` : `${percentKey}: ${text}`;
    const hint = Number(text) > 1 && Number(text) < 100 ? ` (was ${meant} meant?)` : '';
    field.error(
      `${field.key} is ${shown(text)}, allowed: a ratio such as 0.999, above 0 and below 1${hint}`,
    );
    return null;
  }
  return field.attempt(() => Objective.parse(text.replace(/^\./, '0.')));
}
