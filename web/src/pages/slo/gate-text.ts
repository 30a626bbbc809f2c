import type { GateReasonView } from '../../../../src/slos/gate-view.dto';
import type { Figures } from '../../figures/figures';
import type { GateWords } from './gate-words';

/** Why a gate is as it is: each rule that applied, with its figures. */
export function gateReason(
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
