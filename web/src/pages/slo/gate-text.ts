import type { GateReasonView } from '../../../../src/slos/gate-view.dto';
import type { Figures } from '../../figures/figures';
import { groupText } from '../../figures/group-text';
import type { GateWords } from './gate-words';

/**
 * Why a gate is as it is: a rule that applied, with its figures.
 *
 * @param isOfAll of all groups: then it is told of which
 */
export function gateReason(
  reason: GateReasonView,
  isOfAll: boolean,
  words: GateWords,
  figures: Figures,
): string {
  const text = ruleText(reason, words, figures);
  return reason.group === null || !isOfAll ? text : `${groupText(reason.group)}: ${text}`;
}

function ruleText(
  { state, rule, value, limit }: GateReasonView,
  words: GateWords,
  figures: Figures,
): string {
  if (state === 'open') return words.nothingAgainst;
  switch (rule) {
    case 'freezeAt':
    case 'slowAt':
      return words.left(figures.remaining(value), figures.objective(limit ?? 0));
    case 'freezeWhilePaging':
      return words.paging(figures.count(value));
    case 'freezeAboveBurn':
    case 'slowAboveBurn':
      return words.burns(figures.burn(value), figures.burn(limit));
    default:
      return words.unknown;
  }
}
