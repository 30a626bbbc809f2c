import { createHash } from 'node:crypto';
import type { DeliveryConfig } from '../../config/config';
import { REPORT_FORMATS } from '../formats/formats';
import type { ReportFormat } from '../formats/report-format';
import type { Press } from '../press';
import type { Report } from '../report';
import type { ClosedReport } from '../report-archive';
import { ofService, reportOf } from '../report-shelf';
import type { Language } from '../words/language';
import { Wording } from '../words/wording';
import { coverLetter } from './cover-letter';
import type { Parcel, ParcelFile } from './parcel';

const ID_DIGITS = 32;

/**
 * Writes a closed report in all that a target wants: languages, formats, services.
 *
 * @param cut ends it, failing for the signal's reason
 */
export async function packed(
  closed: ClosedReport,
  delivery: DeliveryConfig,
  externalUrl: string,
  press: Press,
  cut: AbortSignal,
): Promise<Parcel> {
  const whole = reportOf(closed);
  const services = delivery.services.length === 0 ? [null] : delivery.services;
  const parts = services.map((service) => ({ service, report: ofService(whole, service) }));
  const files: ParcelFile[] = [];
  for (const { service, report } of parts)
    files.push(...(await written(report, service, delivery, press, cut)));
  const language = delivery.languages[0] ?? 'en';
  const [first = { report: whole }] = parts;
  return {
    id: idOf(closed, delivery.name),
    month: closed.month,
    language,
    ...coverLetter({
      ...{ closed, parts, files, externalUrl },
      wording: new Wording(language, first.report),
    }),
    files,
  };
}

async function written(
  report: Report,
  service: string | null,
  { formats, languages }: DeliveryConfig,
  press: Press,
  cut: AbortSignal,
): Promise<readonly ParcelFile[]> {
  const files: ParcelFile[] = [];
  for (const format of REPORT_FORMATS.filter(({ name }) => formats.includes(name))) {
    // What machines read is the same in every language.
    for (const language of format.hasWords ? languages : [languages[0] ?? 'en']) {
      cut.throwIfAborted();
      files.push({
        name: fileName(report, service, format, format.hasWords ? language : null),
        contentType: format.contentType,
        content: await wholeOf(press.print(format, report, language, cut)),
      });
    }
  }
  return files;
}

async function wholeOf(stream: AsyncIterable<string | Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
}

/** `uptime-2026-10-Europe-Lisbon-r1-shop-pt.html`: no two of a target are alike. */
export function fileName(
  { month, timeZone, revision }: Report,
  service: string | null,
  { extension }: Pick<ReportFormat, 'extension'>,
  language: Language | null,
): string {
  const parts = ['uptime', month, timeZone, `r${revision}`, service, language];
  const name = parts.filter((part) => part !== null).join('-');
  return `${name.replace(/[^A-Za-z0-9_+-]/g, '-')}.${extension}`;
}

function idOf({ hash }: ClosedReport, target: string): string {
  return createHash('sha256').update(`${hash}\n${target}`).digest('hex').slice(0, ID_DIGITS);
}
