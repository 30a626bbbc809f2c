import { sloId, type Slo } from '../domain/slo';
import type { Field } from './foreign-field';
import type { ReadDefinitions } from './reading';

/** An SLO that a foreign document means to define; null where it is faulty. */
export interface Candidate {
  readonly at: Field;
  readonly service: string | null;
  readonly name: string | null;
  readonly slo: Slo | null;
}

/**
 * What a foreign document defines, with a warning for every field that nobody read. What is faulty is
 * left out there: a field may then be unread because reading stopped before it.
 *
 * @param obscured whether a fault of the document hides which SLOs are meant
 */
export function asRead(
  root: Field,
  candidates: readonly Candidate[],
  obscured: boolean,
): ReadDefinitions {
  const { notes } = root;
  const whole = notes.errors === 0 ? [root] : [];
  const good = candidates.filter(({ slo }) => slo !== null).map(({ at }) => at);
  for (const field of [...whole, ...good]) field.warnOfTheRest();
  const faulty = candidates.filter(({ slo }) => slo === null);
  return {
    slos: obscured
      ? []
      : candidates.flatMap(({ slo, at }) =>
          slo === null ? [] : [{ slo, place: at.document.place(at.path) }],
        ),
    problems: notes.problems,
    faulty: faulty.flatMap(({ service, name }) =>
      service === null || name === null ? [] : [sloId({ service, name })],
    ),
    obscured: obscured || faulty.some(({ service, name }) => service === null || name === null),
  };
}
