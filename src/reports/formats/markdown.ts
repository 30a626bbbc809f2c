import type { BlockContent } from 'mdast';
import { gfmTableToMarkdown } from 'mdast-util-gfm-table';
import { toMarkdown } from 'mdast-util-to-markdown';
import type { Report, SloReport } from '../report';
import { groupText } from '../tables/group-text';
import {
  compared,
  DAY_COLUMNS,
  EPISODE_COLUMNS,
  EXCLUSION_COLUMNS,
  numbered,
  OBJECTIVE_COLUMNS,
  PREVIOUS_MONTH_COLUMNS,
} from '../tables/list-columns';
import { REPORT_COLUMNS, SERVICE_COLUMNS, SUMMARY_COLUMNS } from '../tables/report-columns';
import { SLO_COLUMNS } from '../tables/slo-columns';
import { verdictSentence } from '../tables/verdict';
import { Wording } from '../words/wording';
import { facts, heading, list, listed, paragraph, table } from './markdown/nodes';
import type { ReportFormat } from './report-format';

/** GitHub's Markdown: its tables, whatever stands in them. */
export const MARKDOWN_REPORT: ReportFormat = {
  name: 'md',
  contentType: 'text/markdown; charset=utf-8',
  extension: 'md',
  hasWords: true,
  async *pieces(report, language) {
    const wording = new Wording(language, report);
    const { method } = wording.words;
    yield `${textOf(openingOf(report, wording))}\n`;
    for (const slo of report.slos) {
      await new Promise(setImmediate);
      yield `${textOf(sloOf(slo, wording))}\n`;
    }
    yield textOf([heading(2, method.title), list(method.notes)]);
  },
};

function textOf(children: readonly BlockContent[]): string {
  return toMarkdown(
    { type: 'root', children: [...children] },
    // Columns are not padded: one long name would blow up every row.
    { bullet: '-', extensions: [gfmTableToMarkdown({ tablePipeAlign: false })] },
  );
}

function openingOf(report: Report, wording: Wording): readonly BlockContent[] {
  const { words } = wording;
  const month = wording.month(report.month);
  const [title, summary] = [words.title, words.summary];
  return [
    heading(1, `${title} · ${month}`),
    paragraph(words.stateNotes[report.state]),
    facts([title, month], REPORT_COLUMNS, report, wording),
    heading(2, words.overall),
    facts([words.overall, month], SUMMARY_COLUMNS, report.overall, wording),
    heading(2, words.services),
    report.services.length === 0
      ? paragraph(summary.none)
      : table(SERVICE_COLUMNS, report.services, wording),
    ...notesOf(report, words.notes),
    heading(2, words.slos),
  ];
}

/** What the operator has to say. */
function notesOf({ notes = [] }: Report, title: string): readonly BlockContent[] {
  if (notes.length === 0) return [];
  return [
    heading(2, title),
    ...notes.flatMap((note) => [
      ...(note.title === null ? [] : [heading(3, note.title)]),
      ...note.text.split(/\n{2,}/).map(paragraph),
    ]),
  ];
}

function sloOf(slo: SloReport, wording: Wording): readonly BlockContent[] {
  const { objectiveChanges, episodes, exclusions, previousMonths, days, none, noData, ...words } =
    wording.words;
  const group = groupText(slo.group);
  return [
    heading(3, group === '' ? slo.slo : `${slo.slo} ${group}`),
    paragraph(verdictSentence(slo, wording)),
    facts([words.slo, slo.slo], SLO_COLUMNS, slo, wording),
    ...listed(objectiveChanges, OBJECTIVE_COLUMNS, slo.objectives, none, wording),
    ...listed(episodes.title, EPISODE_COLUMNS, numbered(slo), episodes.none, wording),
    ...listed(exclusions.title, EXCLUSION_COLUMNS, slo.exclusions, exclusions.none, wording),
    ...listed(previousMonths.title, PREVIOUS_MONTH_COLUMNS, compared(slo), noData, wording),
    ...listed(days.title, DAY_COLUMNS, slo.days, noData, wording),
  ];
}
