import type { ReportSummary, SloReport } from '../report';
import type { Wording } from '../words/wording';

/** Whether an SLO was met, in a sentence. */
export function verdictSentence(
  { met, sli, objective, coverage }: Pick<SloReport, 'met' | 'sli' | 'objective' | 'coverage'>,
  wording: Wording,
): string {
  const { verdictSentences: say } = wording.words;
  if (met === null) return coverage.ratio > 0 ? say.idle : say.unseen;
  const figures = [wording.sli(sli), wording.objective(objective)] as const;
  return met ? say.met(...figures) : say.missed(...figures);
}

/** How many SLOs were met, in a sentence. */
export function summarySentence(
  { met, slos }: Pick<ReportSummary, 'met' | 'slos'>,
  wording: Wording,
): string {
  const { none, sentence } = wording.words.summary;
  return slos === 0 ? none : sentence(wording.count(met), wording.count(slos));
}

/** Beside the word, since colours alone say nothing to some, and nothing on paper. */
export function verdictMark(met: boolean | null): '✓' | '✗' | '?' {
  if (met === null) return '?';
  return met ? '✓' : '✗';
}
