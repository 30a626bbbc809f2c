import type { ForecastView } from '../../../../src/slos/forecast-view.dto';
import { useAnswer } from '../../api/answers';
import { tick } from '../../api/live';
import type { Group } from '../../figures/group-text';
import { told } from '../../figures/told';
import { groupQuery } from '../../router/slo-path';
import { say } from '../../words/say';
import css from './now.module.css';
import { WORDS } from './words';

/** When the budget of an SLO that fires will be empty; nothing where it will not, or is already. */
export function Emptied({ slo, group }: { readonly slo: string; readonly group: Group }) {
  const query = new URLSearchParams(groupQuery(group)).toString();
  const path = `/api/v1/slos/${slo}/forecast${query === '' ? '' : `?${query}`}`;
  const { at, inSeconds } = useAnswer<ForecastView>(path, { follows: tick }).data?.exhaustion ?? {};
  if (at == null || inSeconds == null || inSeconds <= 0) return null;
  const figures = told.value;
  return (
    <strong class={css['emptied']}>
      {say(WORDS).emptyOn(figures.nearInstant(at), figures.duration(inSeconds))}
    </strong>
  );
}
