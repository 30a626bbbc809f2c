import * as bargauge from '@grafana/grafana-foundation-sdk/bargauge';
import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import * as common from '@grafana/grafana-foundation-sdk/common';
import type {
  DataTransformerConfig,
  DynamicConfigValue,
  Panel,
} from '@grafana/grafana-foundation-sdk/dashboard';
import * as stat from '@grafana/grafana-foundation-sdk/stat';
import * as statetimeline from '@grafana/grafana-foundation-sdk/statetimeline';
import * as table from '@grafana/grafana-foundation-sdk/table';
import * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';
import { byThreshold, PLAIN, type steps } from './words';

/** What is asked of every panel. */
export interface About {
  readonly title: string;
  /** One sentence for who has not seen the panel before. */
  readonly description: string;
  /** Of 24. */
  readonly span: number;
  readonly height: number;
  /** A Grafana unit: percentunit, s, short, … */
  readonly unit: string;
  readonly thresholds?: ReturnType<typeof steps>;
}

type Target = Builder<Dataquery>;

/** One number, the last of its series. */
export function number(about: About, ...targets: readonly Target[]): stat.PanelBuilder {
  return described(new stat.PanelBuilder(), about, targets)
    .colorMode(common.BigValueColorMode.Value)
    .graphMode(common.BigValueGraphMode.None)
    .reduceOptions(new common.ReduceDataOptionsBuilder().calcs(['lastNotNull']))
    .colorScheme(byThreshold());
}

/** Lines, with their last values beside their names. */
export function lines(about: About, ...targets: readonly Target[]): timeseries.PanelBuilder {
  const panel = withoutJob(described(new timeseries.PanelBuilder(), about, targets))
    .lineWidth(2)
    .fillOpacity(0)
    .showPoints(common.VisibilityMode.Never)
    .legend(legend())
    .tooltip(
      new common.VizTooltipOptionsBuilder()
        .mode(common.TooltipDisplayMode.Multi)
        .sort(common.SortOrder.Descending),
    );
  if (about.thresholds === undefined) return panel;
  return panel.thresholdsStyle(
    new common.GraphThresholdsStyleConfigBuilder().mode(
      common.GraphThresholdsStyleMode.DashedAndArea,
    ),
  );
}

/** Stacked bars of counts. */
export function bars(about: About, ...targets: readonly Target[]): timeseries.PanelBuilder {
  return lines(about, ...targets)
    .drawStyle(common.GraphDrawStyle.Bars)
    .fillOpacity(60)
    .lineWidth(0)
    .stacking(new common.StackingConfigBuilder().mode(common.StackingMode.Normal).group('A'));
}

/** A band for each series, whose values are told by words. */
export function states(about: About, ...targets: readonly Target[]): statetimeline.PanelBuilder {
  return withoutJob(described(new statetimeline.PanelBuilder(), about, targets))
    .showValue(common.VisibilityMode.Auto)
    .mergeValues(true)
    .fillOpacity(70)
    .rowHeight(0.8)
    .legend(
      new common.VizLegendOptionsBuilder()
        .displayMode(common.LegendDisplayMode.List)
        .placement(common.LegendPlacement.Bottom)
        .showLegend(true)
        .calcs([]),
    )
    .colorScheme(byThreshold());
}

/** A horizontal bar for each series. */
export function gauges(about: About, ...targets: readonly Target[]): bargauge.PanelBuilder {
  return withoutJob(described(new bargauge.PanelBuilder(), about, targets))
    .orientation(common.VizOrientation.Horizontal)
    .displayMode(common.BarGaugeDisplayMode.Basic)
    .valueMode(common.BarGaugeValueMode.Color)
    .reduceOptions(new common.ReduceDataOptionsBuilder().calcs(['lastNotNull']))
    .colorScheme(byThreshold());
}

export interface Column {
  /** What the data call it: a label's name, `Value #A`, the text of a REST column. */
  readonly field: string;
  readonly title: string;
  readonly unit?: string;
  readonly further?: readonly DynamicConfigValue[];
}

/** A table of the columns that are named, in their order; a hidden field is named by `without`. */
export function rowsOf(
  about: About,
  columns: readonly Column[],
  without: readonly string[],
  ...targets: readonly Target[]
): table.PanelBuilder {
  const panel = described(new table.PanelBuilder(), about, targets)
    .filterable(true)
    .withTransformation({ id: 'merge', options: {} })
    .withTransformation({
      id: 'organize',
      options: {
        excludeByName: Object.fromEntries(without.map((field) => [field, true])),
        indexByName: Object.fromEntries(columns.map(({ field }, index) => [field, index])),
        renameByName: Object.fromEntries(columns.map(({ field, title }) => [field, title])),
      },
    });
  for (const { title, unit, further = [] } of columns) {
    const properties = [...(unit === undefined ? [] : [{ id: 'unit', value: unit }]), ...further];
    if (properties.length > 0) panel.overrideByName(title, properties);
  }
  return panel;
}

/** Of a column: a bar in the cell. */
export function asBar(thresholds: ReturnType<typeof steps>): readonly DynamicConfigValue[] {
  return [
    { id: 'thresholds', value: thresholds.build() },
    { id: 'color', value: byThreshold().build() },
    { id: 'min', value: 0 },
    { id: 'max', value: 1 },
    { id: 'custom.cellOptions', value: { type: 'gauge', mode: 'basic', valueDisplayMode: 'text' } },
  ];
}

/** Of a column: a word on its colour. */
export function asWord(mappings: readonly object[]): readonly DynamicConfigValue[] {
  return [
    { id: 'mappings', value: mappings },
    { id: 'custom.cellOptions', value: { type: 'color-background', mode: 'basic' } },
  ];
}

/** Of a column: its number in the colour of its threshold. */
export function asNumber(thresholds: ReturnType<typeof steps>): readonly DynamicConfigValue[] {
  return [
    { id: 'thresholds', value: thresholds.build() },
    { id: 'color', value: byThreshold().build() },
    { id: 'custom.cellOptions', value: { type: 'color-text' } },
  ];
}

/** Of a column: a link to another page, in which `${__data.fields["…"]}` is a field of the row. */
export function asLink(title: string, url: string): readonly DynamicConfigValue[] {
  return [{ id: 'links', value: [{ title, url, targetBlank: false }] }];
}

interface Transformable {
  withTransformation(transformation: DataTransformerConfig): this;
}

interface Describable extends Builder<Panel> {
  title(title: string): this;
  description(description: string): this;
  span(span: number): this;
  height(height: number): this;
  unit(unit: string): this;
  thresholds(thresholds: ReturnType<typeof steps>): this;
  targets(targets: Target[]): this;
  noValue(text: string): this;
}

function described<P extends Describable>(
  panel: P,
  { title, description, span, height, unit, thresholds = PLAIN }: About,
  targets: readonly Target[],
): P {
  return panel
    .title(title)
    .description(description)
    .span(span)
    .height(height)
    .unit(unit)
    .thresholds(thresholds)
    .targets([...targets])
    .noValue('no data');
}

/** Legends show what tells series apart: every one of them has the job that scrapes Slowburn. */
function withoutJob<P extends Transformable>(panel: P): P {
  const names: readonly (readonly [regex: string, name: string])[] = [
    ['^(.*)job="slowburn", (.*)$', '$1$2'],
    ['^(.*), job="slowburn"\\}$', '$1}'],
  ];
  for (const [regex, renamePattern] of names) {
    panel.withTransformation({ id: 'renameByRegex', options: { regex, renamePattern } });
  }
  return panel;
}

function legend() {
  return new common.VizLegendOptionsBuilder()
    .displayMode(common.LegendDisplayMode.Table)
    .placement(common.LegendPlacement.Bottom)
    .showLegend(true)
    .calcs(['lastNotNull', 'min', 'max']);
}
