import { sloId } from '../domain/slo';
import type { Problem } from '../yaml/problem';
import { withoutDuplicates } from './read-definitions';
import type { PlacedSlo, ReadDefinitions } from './reading';
import type { Defined, Definitions } from './registry';

/** A file's present text, and what of its past is still in force. */
export interface FileState {
  readonly file: string;
  readonly reading: ReadDefinitions;
  /** Last good definitions of SLOs whose present text is faulty. */
  readonly stale: readonly PlacedSlo[];
}

/**
 * What is in force after a file was read again. An SLO that is faulty now, or may be hidden by a
 * fault of the file, keeps its last good definition; one that the text no longer has is gone.
 */
export function succeed(
  before: FileState | undefined,
  file: string,
  reading: ReadDefinitions,
): FileState {
  const good = new Set(reading.slos.map(({ slo }) => sloId(slo)));
  const faulty = new Set(reading.faulty);
  const past = before === undefined ? [] : [...before.reading.slos, ...before.stale];
  const stale = past.filter(({ slo }) => {
    const id = sloId(slo);
    return !good.has(id) && (reading.obscured || faulty.has(id));
  });
  return { file, reading, stale };
}

const NOTHING: ReadDefinitions = { slos: [], problems: [], faulty: [], obscured: false };

/** A file's state with good definitions of an older past, where it has none of its own. */
export function withPast(
  state: FileState | undefined,
  file: string,
  older: readonly PlacedSlo[],
): FileState {
  const { reading, stale } = state ?? { reading: NOTHING, stale: [] };
  const { kept } = withoutDuplicates([...reading.slos, ...stale, ...older]);
  return { file, reading, stale: kept.slice(reading.slos.length) };
}

export function unreadable(path: string, reason: string): Problem {
  const place = { file: path, line: 1, column: 1 };
  return { severity: 'error', place, path: '', message: `${path} cannot be read: ${reason}` };
}

/** All files together. Present texts take precedence over past ones, then the order of the files. */
export function definitionsOf(
  states: readonly FileState[],
  further: readonly Problem[],
): Definitions {
  const present = states.flatMap(({ reading }) => reading.slos.map(defined(false)));
  const { kept, duplicates } = withoutDuplicates(present);
  const ids = new Set(kept.map(({ slo }) => sloId(slo)));
  const past = states
    .flatMap(({ stale }) => stale.map(defined(true)))
    .filter(({ slo }) => !ids.has(sloId(slo)));
  const stale = withoutDuplicates(past).kept;
  return {
    defined: [...kept, ...stale],
    problems: [
      ...further,
      ...states.flatMap(({ reading }) => reading.problems),
      ...duplicates,
      ...states.flatMap((state) => stayingInForce(state, stale)),
    ],
  };
}

function defined(stale: boolean): (placed: PlacedSlo) => Defined {
  return ({ slo, place }) => ({ slo, place, stale });
}

/** Says at the first fault of a file which of its SLOs go on by their last good text. */
function stayingInForce({ file, reading }: FileState, stale: readonly Defined[]): Problem[] {
  const names = stale.filter(({ place }) => place.file === file).map(({ slo }) => sloId(slo));
  if (names.length === 0) return [];
  const fault = reading.problems.find(({ severity }) => severity === 'error');
  const place = fault?.place ?? { file, line: 1, column: 1 };
  const message = `the last good definition stays in force of ${names.join(', ')}`;
  return [{ severity: 'warning', place, path: '', message }];
}
