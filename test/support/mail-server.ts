import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** A message as a mailbox has it. */
export interface Received {
  readonly from: string;
  /** Of the envelope. */
  readonly to: readonly string[];
  readonly email: Email;
  readonly raw: string;
  readonly encrypted: boolean;
  readonly user: string | undefined;
}

export interface MailServerSettings {
  /** Offered by STARTTLS, or spoken from the start. */
  readonly tls?: { readonly key: string; readonly cert: string; readonly fromTheStart?: boolean };
  readonly login?: { readonly user: string; readonly password: string };
}

/** A real server for mail on a loopback port, which is the same when it comes back. */
export class TestMailServer {
  readonly received: Received[] = [];
  /** Recipients that are refused. */
  readonly refused = new Set<string>();
  /** Called when a message has come, before it is said to be taken. */
  beforeTaken: () => Promise<void> = () => Promise.resolve();
  /** What is answered instead of taking a message. */
  refusal: { readonly code: number; readonly text: string } | null = null;
  port = 0;
  private server: SMTPServer | null = null;

  constructor(private readonly settings: MailServerSettings = {}) {}

  async open(): Promise<this> {
    const { tls, login } = this.settings;
    const server = new SMTPServer({
      authOptional: login === undefined,
      ...(tls === undefined
        ? { disabledCommands: ['STARTTLS'], allowInsecureAuth: true }
        : { key: tls.key, cert: tls.cert, secure: tls.fromTheStart === true }),
      disableReverseLookup: true,
      onAuth: ({ username = '', password = '' }, _session, done) => {
        const known = username === login?.user && password === login.password;
        if (known) done(null, { user: username });
        else done(new Error(`no login with the password ${password ?? ''}`));
      },
      onRcptTo: ({ address }, _session, done) => {
        if (!this.refused.has(address)) done();
        else done(Object.assign(new Error(`no mailbox ${address}`), { responseCode: 550 }));
      },
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          if (this.refusal !== null) {
            const { code, text } = this.refusal;
            done(Object.assign(new Error(text), { responseCode: code }));
            return;
          }
          const { envelope, secure, user } = session;
          const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
          const to = envelope.rcptTo.map(({ address }) => address);
          const raw = Buffer.concat(chunks);
          void PostalMime.parse(raw)
            .then((email) => {
              this.received.push({
                ...{ from, to, email, raw: raw.toString('latin1'), encrypted: secure, user },
              });
              return this.beforeTaken();
            })
            .then(() => {
              done();
            });
        });
      },
    });
    server.on('error', () => undefined);
    server.listen(this.port, '127.0.0.1');
    await once(server.server, 'listening');
    this.port = (server.server.address() as AddressInfo).port;
    this.server = server;
    return this;
  }

  async close(): Promise<void> {
    const { server } = this;
    this.server = null;
    if (server !== null)
      await new Promise<void>((resolve) => {
        server.close(resolve);
      });
  }
}
