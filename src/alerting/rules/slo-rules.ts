import type { SeverityTier } from '../../domain/alert-tiers';
import { carriedLabels } from '../../domain/carried-labels';
import { formatSeconds } from '../../domain/duration';
import { toNumber } from '../../domain/fraction';
import { type Slo, sloId } from '../../domain/slo';
import { windowName } from '../../domain/slo-window';
import type { AlertIdentity, AlertName, NewAlert } from '../alert';
import { dashboardUrl, labelsOf, type LinkBases, runbookUrl } from '../alert-text';
import { otherSeverity } from '../judge';
import { labelValue, literal } from './template';

type Labels = Readonly<Record<string, string>>;

/** What the rules of an SLO, in either flavour, have in common: labels and words. */
export class SloRules {
  /** `service` and `slo`: what its series are told by. */
  readonly identity: Labels;
  /** Labels of its groups: the name that our metrics give them, and the source's own. */
  readonly groups: readonly (readonly [exported: string, own: string])[];

  /** @param links what links begin with; null where they are left as they are written */
  constructor(
    readonly slo: Slo,
    private readonly links: LinkBases | null,
  ) {
    this.identity = { service: slo.service, slo: slo.name };
    const own = Object.fromEntries(slo.groupBy.map((label) => [label, label]));
    this.groups = Object.entries(carriedLabels(slo, own, []));
  }

  get id(): string {
    return sloId(this.slo);
  }

  /** The labels that tell its series apart. */
  get by(): readonly string[] {
    return [...Object.keys(this.identity), ...this.groups.map(([exported]) => exported)];
  }

  /** Of an alert; what the series themselves bring is left to them. */
  labels(
    alertname: AlertName,
    { kind, severity }: Pick<NewAlert, 'kind' | 'severity'>,
    windows: AlertIdentity['windows'] = null,
  ): Labels {
    const labels = labelsOf(this.slo, null, { alertname, kind, severity, windows });
    const brought = new Set(['alertname', ...this.groups.map(([exported]) => exported)]);
    const rest = Object.entries(labels).filter(
      ([name, value]) => !brought.has(name) && value !== '',
    );
    return Object.fromEntries(rest.map(([name, value]) => [name, literal(value)]));
  }

  /** @param what a sentence's end, a template: `… is spent` */
  annotations(what: string, explained: string): Labels {
    const { description, alerting } = this.slo;
    const groups = this.groups.map(([exported]) => `${exported}=${labelValue(exported)}`);
    const which = groups.length === 0 ? this.id : `${this.id} (${groups.join(', ')})`;
    const about = description === null ? '' : `${literal(description)}\n`;
    const own = Object.entries(alerting.annotations ?? {});
    return {
      ...Object.fromEntries(own.map(([name, value]) => [legalName(name), literal(value)])),
      summary: `${which} ${what}`,
      description: `${about}${explained}`,
      ...(alerting.runbook === null ? {} : { runbook_url: this.runbook(alerting.runbook) }),
      ...(this.links === null ? {} : { dashboard_url: this.dashboard(this.links) }),
    };
  }

  private runbook(runbook: string): string {
    return literal(this.links === null ? runbook : runbookUrl(runbook, this.links.runbookBaseUrl));
  }

  private dashboard({ externalUrl }: LinkBases): string {
    const labels = this.groups.map(
      ([exported, own]) => `label.${own}={{ $labels.${exported} | urlquery }}`,
    );
    const chosen = labels.length === 0 ? '' : `?${labels.join('&')}`;
    return literal(dashboardUrl(externalUrl, this.slo, null)) + chosen;
  }

  /**
   * @param windows as text or as templates
   * @param factor null where it is not the same in every period
   */
  burnAnnotations(
    windows: { readonly long: string; readonly short: string },
    factor: number | null,
  ): Labels {
    const { objective, window } = this.slo;
    const above = factor === null ? 'faster than its tier allows' : `at more than ${factor}`;
    return this.annotations(
      `burns its error budget too fast over ${windows.long} and ${windows.short}`,
      `Over both windows it burns ${above}; at 1 the budget of the objective ${objective.text} lasts exactly its window, ${windowName(window)}.`,
    );
  }

  exhaustedAnnotations() {
    const { objective, window } = this.slo;
    return this.annotations(
      'has spent its error budget',
      `Of the bad events that the objective ${objective.text} allows over ${windowName(window)} none is left.`,
    );
  }

  noDataAnnotations() {
    return this.annotations(
      'has no data',
      'Nothing was seen of it for 15 minutes, so nobody knows how it is doing and no burn is noticed.',
    );
  }
}

/** Annotations are called as they are written, but Prometheus takes no other names than of labels. */
function legalName(name: string): string {
  return name.replace(/^(?=\d)|[^a-zA-Z0-9_]/g, '_');
}

/** A tier as labels and words tell it. */
export function tierText({ tier }: SeverityTier) {
  const { name, longSeconds, shortSeconds } = tier;
  const factor = toNumber(tier.factor);
  return {
    windows: { tier: name, longSeconds, shortSeconds, factor },
    long: formatSeconds(longSeconds),
    short: formatSeconds(shortSeconds),
    factor,
  };
}

/** The severity of an alert that is none of the tiers; null where it is switched off. */
export function severityIfWanted(slo: Slo, which: 'exhausted' | 'noData'): string | null {
  return slo.alerting[which]?.disabled === true ? null : otherSeverity(slo, which);
}
