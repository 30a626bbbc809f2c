import { formatSelector, type Selector } from '../../promql/selector';
import type { SloRules } from './slo-rules';

/** Expressions of one series per group. */
export interface GroupExpressions {
  /** One per group of the source's own labels; of several the least. */
  ownLeast(expr: string): string;
  ownGreatest(expr: string): string;
  /** The same with the groups' labels named as our metrics name them. */
  named(expr: string): string;
  /** A recorded series by its groups alone. */
  each(selector: Selector): string;
}

export function groupExpressions({ slo, groups }: SloRules): GroupExpressions {
  const by = (labels: readonly string[]) =>
    labels.length === 0 ? '' : ` by (${labels.join(', ')}) `;
  const own = by(slo.groupBy);
  const exported = by(groups.map(([name]) => name));
  return {
    ownLeast: (expr) => `min${own}(${expr})`,
    ownGreatest: (expr) => `max${own}(${expr})`,
    each: (selector) => `max${exported}(${formatSelector(selector)})`,
    named: (expr) =>
      groups
        .filter(([name, label]) => name !== label)
        .reduce((inner, [name, label]) => renamed(inner, name, label), expr),
  };
}

/** Newlines are part of a value, too, which a dot matches on Prometheus 3 only. */
function renamed(expr: string, name: string, label: string): string {
  return `max without (${label}) (label_replace(${expr}, "${name}", "$1", "${label}", "((?s).*)"))`;
}
