import type { WrittenExclusion } from '../domain/exclusion';
import { readWhen } from '../domain/written-exclusion';
import { shown } from '../yaml/shown';
import type { Findings } from './findings';
import type { NativeExclusion, NativeSlo } from './native-document';

/** The time that a definition says not to count; what is faulty is in `findings` and left out. */
export function readExclusions(
  { exclusions = [], groupBy = [] }: NativeSlo,
  findings: Findings,
): readonly WrittenExclusion[] {
  if (!findings.sound('exclusions') || !findings.sound('groupBy')) return [];
  return exclusions.flatMap((written, k): readonly WrittenExclusion[] => {
    const when = findings.attempt(['exclusions', k], () => readWhen(written));
    checkGroup(written, k, groupBy, findings);
    if (when === null) return [];
    const { treatment = 'drop', reason, author, group = null } = written;
    return [{ when, treatment, reason, author, group }];
  });
}

function checkGroup(
  { group = {} }: NativeExclusion,
  k: number,
  groupBy: readonly string[],
  findings: Findings,
): void {
  for (const label of Object.keys(group)) {
    if (groupBy.includes(label)) continue;
    const allowed =
      groupBy.length === 0
        ? 'none, since groupBy names no label'
        : `labels of groupBy: ${groupBy.join(', ')}`;
    findings.error(
      ['exclusions', k, 'group', label],
      `group holds ${shown(label)}, allowed: ${allowed}`,
    );
  }
}
