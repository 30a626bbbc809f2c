import { oddReport } from '../../../test/support/odd-report';
import { sloReportWith } from '../../../test/support/reports';
import { LANGUAGES } from '../words/language';
import { Wording } from '../words/wording';
import { budgetBar } from './budget-bar';
import { burnDown } from './burn-down';
import { dailyBars } from './daily-bars';
import type { Box, Drawing, Shape } from './drawing';
import { PALETTE } from './palette';
import { svgText } from './svg';

const report = oddReport();
const wording = new Wording('en', report);
const [ordinary, overspent] = report.slos as [
  ReturnType<typeof sloReportWith>,
  (typeof report.slos)[number],
];

const boxes = ({ shapes }: Drawing, fill: string) =>
  shapes.filter(
    (shape): shape is Box =>
      shape.kind === 'box' && shape.fill === fill && shape.title !== undefined,
  );
const paths = ({ shapes }: Drawing, stroke: string) =>
  shapes.flatMap((shape) => (shape.kind === 'line' && shape.stroke === stroke ? [shape.path] : []));
const texts = (shapes: readonly Shape[]) =>
  shapes.flatMap((shape) => (shape.kind === 'text' ? [shape.text] : []));

describe('the bars of the days', () => {
  const drawing = dailyBars(report, overspent, wording);

  it('are dark below the objective, grey without events', () => {
    expect(
      [PALETTE.good, PALETTE.bad, PALETTE.missing].map((fill) => boxes(drawing, fill).length),
    ).toEqual([26, 4, 1]);
    expect(boxes(drawing, PALETTE.bad)[0]?.title).toMatch(
      /^3 Oct: 92\.\d{3}% \(2,9\d\d of 3\d,\d{3} events bad\)$/,
    );
  });

  it('are as high as what was achieved, above the first value of the axis', () => {
    const [first] = boxes(drawing, PALETTE.bad);
    const { bottom, height } = { bottom: 128, height: 98 };
    const [lowest, sli] = [0.85, overspent.days[2]?.sli ?? 0];
    expect(texts(drawing.shapes)[0]).toBe('85%');
    expect(first?.height).toBeCloseTo((height * (sli - lowest)) / (1 - lowest), 6);
    expect((first?.y ?? 0) + (first?.height ?? 0)).toBeCloseTo(bottom, 6);
  });

  it('say in words what they show', () => {
    expect(drawing.description).toBe(
      'One bar a day. 30 days with events, 4 days below the objective; the worst: 25 Oct, 86.599%.',
    );
    const none = dailyBars(report, sloReportWith({ days: [] }), wording);
    expect(texts(none.shapes)).toContain('no data');
    expect(none.description).toContain('0 days with events');
  });
});

describe('the burn-down of the budget', () => {
  it('goes from the whole budget to what is left, and changes colour where it is spent', () => {
    const drawing = burnDown(report, overspent, wording);
    const [kept, spent] = [PALETTE.good, PALETTE.bad].map(
      (stroke) => paths(drawing, stroke)[0] ?? '',
    );
    expect(kept).toMatch(/^M64,30L/);
    // Between 100 % and -50 %, zero lies two thirds down.
    expect(kept).toMatch(/,95\.33$/);
    expect(spent).toMatch(/^M[\d.]+,95\.33L/);
    const end = 30 + (98 * (1 - (overspent.budget.remainingRatio ?? 0))) / 1.5;
    expect(Number(spent?.split(',').at(-1))).toBeCloseTo(end, 1);
    expect(spent).toMatch(/L712,[\d.]+$/);
  });

  it('marks episodes with their places in the list', () => {
    const drawing = burnDown(report, overspent, wording);
    expect(boxes(drawing, PALETTE.episode).map(({ title }) => title)).toEqual([
      expect.stringMatching(/^Episode 1, from 25 Oct 2026, 01:25 GMT\+1: 58\.\d% of the budget$/),
      expect.stringMatching(/^Episode 2, from 3 Oct/),
      expect.stringMatching(/^Episode 3, from 4 Oct/),
      expect.stringMatching(/^Episode 4, from 17 Oct/),
    ]);
  });

  it('marks the ten most costly of many, and says so', () => {
    const drawing = burnDown(report, report.slos[8] ?? ordinary, wording);
    expect(boxes(drawing, PALETTE.episode)).toHaveLength(10);
    expect(drawing.description).toMatch(/Episodes marked: 10 of 25\.$/);
  });

  it('ends with the cut-off of a month that runs', () => {
    const running = { ...report, cutOff: '2026-10-10T11:00:00.000Z' };
    const days = ordinary.days.slice(0, 10);
    const [path] = paths(burnDown(running, { ...ordinary, days }, wording), PALETTE.good);
    const [x] = (path ?? '').split('L').at(-1)?.split(',') ?? [];
    expect(Number(x)).toBeCloseTo(64 + (648 * 9.5) / 31, 0);
  });

  it('of a budget that nobody knows has no curve', () => {
    const unknown = report.slos[6] ?? ordinary;
    const drawing = burnDown(report, unknown, wording);
    expect([paths(drawing, PALETTE.good), texts(drawing.shapes).includes('no data')]).toEqual([
      [],
      true,
    ]);
  });
});

describe('the bar of a budget', () => {
  it.each([
    [0.5, PALETTE.good, 80, 40],
    [1.2, PALETTE.good, 80, 80],
    [-0.25, PALETTE.bad, 60, 20],
    [-7, PALETTE.bad, 0, 80],
  ])('with %d left is drawn from its middle', (left, fill, x, width) => {
    const { shapes } = budgetBar(left, wording);
    expect(shapes).toContainEqual(expect.objectContaining({ kind: 'box', fill, x, width }));
  });

  it('has no length where nobody knows', () => {
    expect(budgetBar(null, wording)).toMatchObject({
      title: 'Budget left: no data',
      shapes: { length: 2 },
    });
  });
});

describe('a drawing as SVG', () => {
  it.each(LANGUAGES)('has a name and a description of its own in %s', (language) => {
    const drawing = dailyBars(report, ordinary, new Wording(language, report));
    const svg = svgText({ ...drawing, title: `<&"'` }, 'a"b');
    expect(svg).toContain('<title id="a&quot;b-t">&lt;&amp;&quot;&#39;</title>');
    expect(svg).toContain('aria-labelledby="a&quot;b-t a&quot;b-d"');
    expect(svg).not.toMatch(/NaN|Infinity|undefined|style=|<script/);
  });
});
