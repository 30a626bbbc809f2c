import { entityTag } from '../http/entity-tag';
import type { Problem } from '../yaml/problem';
import type { ChangeOptions } from './definition-changes';
import type { DefinitionChangesView, DefinitionProblemView } from './definition-views';
import type { Edited } from './edit-definitions';
import { wrongInputs } from './read-body';

/** @param text that was sent */
export function changesView(
  { changes, warnings }: Edited,
  { dryRun }: ChangeOptions,
  text: string,
): DefinitionChangesView {
  return {
    dryRun,
    items: changes.map(({ version, ...change }) => ({
      ...change,
      etag: version === null ? null : entityTag(version),
    })),
    warnings: problemViews(warnings, text),
  };
}

/** @param text that was sent */
export function problemViews(
  problems: readonly Problem[],
  text: string,
): readonly DefinitionProblemView[] {
  const inputs = wrongInputs(problems, text);
  return problems.map(({ severity, place, path, message }, k) => ({
    severity,
    line: place.line,
    column: place.column,
    path,
    value: inputs[k]?.value ?? null,
    allowed: inputs[k]?.allowed ?? '',
    message,
  }));
}
