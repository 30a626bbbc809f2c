import type { Report } from '../report';
import type { ClosedReport } from '../report-archive';
import type { Wording } from '../words/wording';
import type { ParcelFile } from './parcel';

interface Sent {
  readonly closed: ClosedReport;
  /** The whole report, or a part for each service. */
  readonly parts: readonly { readonly service: string | null; readonly report: Report }[];
  readonly files: readonly ParcelFile[];
  readonly externalUrl: string;
  readonly wording: Wording;
}

/** What is said beside the files, in the language of the target. */
export function coverLetter(sent: Sent): { readonly subject: string; readonly text: string } {
  const { closed, parts, files, externalUrl, wording } = sent;
  const { words } = wording;
  const services = parts.flatMap(({ service }) => service ?? []);
  const subject = [
    words.title,
    wording.month(closed.month),
    ...(services.length === 0 ? [] : [services.join(', ')]),
    ...(closed.revision === 1 ? [] : [`${words.facts.revision} ${closed.revision}`]),
  ].join(' · ');
  const corrects =
    closed.revision === 1
      ? []
      : [`${words.letter.corrects(String(closed.revision - 1))} ${closed.reason}`];
  const paragraphs = [
    [subject, words.stateNotes.closed, ...corrects],
    parts.map(({ service, report }) => outcomeOf(service, report, wording)),
    [words.letter.attached, ...files.map(({ name }) => `- ${name}`)],
    [words.letter.online, onlineAt(closed, externalUrl)],
    [`${words.facts.timeZone}: ${closed.timeZone}`, `${words.facts.hash}: ${closed.hash}`],
  ];
  return { subject, text: `${paragraphs.map((lines) => lines.join('\n')).join('\n\n')}\n` };
}

function outcomeOf(service: string | null, { overall }: Report, wording: Wording): string {
  const { words } = wording;
  const sentence =
    overall.slos === 0
      ? words.summary.none
      : words.summary.sentence(wording.count(overall.met), wording.count(overall.slos));
  return service === null ? sentence : `${service}: ${sentence}`;
}

function onlineAt({ month, timeZone, revision }: ClosedReport, externalUrl: string): string {
  const query = new URLSearchParams({ format: 'html', timeZone, revision: String(revision) });
  return `${externalUrl}/api/v1/reports/monthly/${month}?${query.toString()}`;
}
