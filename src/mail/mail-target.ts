import { createTransport, type NodemailerError, type SMTPTransportOptions } from 'nodemailer';
import type { DeliveryConfig, EmailConfig } from '../config/config';
import { UnreadableFile } from '../outbound/watched-file';
import type { Parcel } from '../reports/delivery/parcel';
import { NotDelivered, ReportTarget } from '../reports/delivery/report-target';
import { MailServer } from './mail-server';

/** What one report is about and no other: the server takes the next one. */
const OF_THE_MESSAGE = new Set(['EENVELOPE', 'EMESSAGE', 'ESTREAM']);

/** People who get closed reports by mail, a message a report. */
export class MailTarget extends ReportTarget {
  readonly name: string;
  private readonly server: MailServer;

  constructor(
    { name }: Pick<DeliveryConfig, 'name'>,
    private readonly config: EmailConfig,
  ) {
    super();
    this.name = name;
    this.server = new MailServer(config);
  }

  async deliver(
    parcel: Parcel,
    reached: readonly string[],
    cut: AbortSignal,
  ): Promise<readonly string[]> {
    const missing = this.config.to.filter((address) => !reached.includes(address));
    if (missing.length === 0) return reached;
    const { accepted, rejected } = await this.send(parcel, missing, cut);
    const all = [...reached, ...accepted];
    if (rejected.length === 0) return all;
    throw new NotDelivered(`${this.placesOf(rejected)} of the recipients was refused`, {
      reached: all,
    });
  }

  /** Whether it could log in. @throws UnreadableFile */
  async check(): Promise<void> {
    await this.server.options();
  }

  private async send(
    parcel: Parcel,
    to: readonly string[],
    cut: AbortSignal,
  ): Promise<{ readonly accepted: readonly string[]; readonly rejected: readonly string[] }> {
    const { from, fromName, timeoutSeconds } = this.config;
    try {
      const options: SMTPTransportOptions = await this.server.options();
      const sent = await createTransport(options).sendMail({
        messageId: messageIdOf(parcel, from),
        from: fromName === null ? from : { name: fromName, address: from },
        to: [...this.config.to],
        // Only those who have not had it; all are named in the message.
        envelope: { from, to: [...to] },
        subject: parcel.subject,
        text: parcel.text,
        headers: {
          'Auto-Submitted': 'auto-generated',
          'Content-Language': parcel.language,
          'X-Slowburn-Delivery': parcel.id,
        },
        attachments: parcel.files.map(({ name, contentType, content }) => ({
          filename: name,
          contentType,
          content: typeof content === 'string' ? content : Buffer.from(content),
        })),
        disableFileAccess: true,
        disableUrlAccess: true,
        signal: AbortSignal.any([cut, AbortSignal.timeout(timeoutSeconds * 1000)]),
      });
      const accepted = sent.accepted.map(addressOf);
      return { accepted, rejected: to.filter((address) => !accepted.includes(address)) };
    } catch (error) {
      throw this.failureOf(error);
    }
  }

  private failureOf(thrown: unknown): Error {
    if (thrown instanceof UnreadableFile) {
      return new NotDelivered(`the mail server is not asked: ${thrown.message}`, {
        away: true,
        cause: thrown,
      });
    }
    const error = thrown as NodemailerError;
    const { code = '' } = error;
    return new NotDelivered(wordsOf(error, this.config.timeoutSeconds), {
      away: !OF_THE_MESSAGE.has(code),
      cause: thrown,
    });
  }

  /** By their places in the configuration: whoever reads this need not know addresses. */
  private placesOf(addresses: readonly string[]): string {
    return addresses.map((address) => `no. ${this.config.to.indexOf(address) + 1}`).join(', ');
  }
}

/** The same each time a report is sent to a target: a mailbox knows a repetition by it. */
export function messageIdOf({ id }: Pick<Parcel, 'id'>, from: string): string {
  return `<report-${id}@${from.slice(from.lastIndexOf('@') + 1)}>`;
}

function addressOf(address: string | { readonly address?: string | undefined }): string {
  return typeof address === 'string' ? address : (address.address ?? '');
}

/** Without the server's own words, which may repeat an address or a password. */
function wordsOf(error: NodemailerError, timeoutSeconds: number): string {
  const { name, code, responseCode, command } = error;
  if (name === 'TimeoutError') return `the mail server did not take it within ${timeoutSeconds} s`;
  if (code === 'EAUTH') return `the mail server refuses the login${coded(responseCode)}`;
  if (responseCode !== undefined) {
    return `the mail server refuses it${coded(responseCode)} after ${command ?? 'the connection'}`;
  }
  return `the mail server is not reached: ${oneLine(error.message)}`;
}

function coded(responseCode: number | undefined): string {
  return responseCode === undefined ? '' : ` (${responseCode})`;
}

function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, 300);
}
