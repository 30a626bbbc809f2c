import { connect, type Socket } from 'node:net';
import type { SMTPTransportOptions } from 'nodemailer';
import type { EmailConfig } from '../config/config';
import { guardedLookup } from '../outbound/guarded-lookup';
import { WatchedFile } from '../outbound/watched-file';

/** A server that takes mail: how it is called, how its certificate is checked and how one logs in. */
export class MailServer {
  private readonly password: WatchedFile | null;
  private readonly ca: WatchedFile | null;
  private readonly cert: WatchedFile | null;
  private readonly key: WatchedFile | null;

  constructor(private readonly config: EmailConfig) {
    const { auth, tls } = config;
    const watched = (path: string | null | undefined, what: string) =>
      path == null ? null : new WatchedFile(path, what);
    this.password = watched(auth?.passwordFile, 'auth.passwordFile');
    this.ca = watched(tls?.caFile, 'tls.caFile');
    this.cert = watched(tls?.certFile, 'tls.certFile');
    this.key = watched(tls?.keyFile, 'tls.keyFile');
  }

  /** @throws UnreadableFile */
  async options(): Promise<SMTPTransportOptions> {
    const { host, port, encryption, tls, auth, timeoutSeconds } = this.config;
    const read = (file: WatchedFile | null) => file?.read() ?? null;
    const [ca, cert, key] = await Promise.all([read(this.ca), read(this.cert), read(this.key)]);
    const timeout = timeoutSeconds * 1000;
    return {
      ...{ host, port },
      secure: encryption === 'tls',
      // A server that offers no STARTTLS, or from which it was taken away, gets no report.
      requireTLS: encryption === 'starttls',
      ignoreTLS: encryption === 'none',
      ...(auth === null || this.password === null
        ? {}
        : { auth: { user: auth.username, pass: await this.password.readText() } }),
      tls: {
        rejectUnauthorized: tls?.insecureSkipVerify !== true,
        minVersion: 'TLSv1.2',
        ...(tls?.serverName == null ? {} : { servername: tls.serverName }),
        ...(ca === null ? {} : { ca }),
        ...(cert === null ? {} : { cert }),
        ...(key === null ? {} : { key }),
      },
      connectionTimeout: timeout,
      greetingTimeout: timeout,
      socketTimeout: timeout,
      socketCloseTimeout: 0,
      getSocket: (_options: unknown, done: Connected) => {
        this.connect(done);
      },
    };
  }

  /** To an address that was checked, and no other. */
  private connect(done: Connected): void {
    const { host, port, timeoutSeconds } = this.config;
    const socket = connect({ host, port, lookup: guardedLookup(true) });
    const end = (error: Error | null): void => {
      socket
        .removeAllListeners('connect')
        .removeAllListeners('error')
        .removeAllListeners('timeout');
      socket.setTimeout(0);
      if (error === null) done(null, { connection: socket });
      else {
        socket.destroy();
        done(error);
      }
    };
    socket.setTimeout(timeoutSeconds * 1000);
    socket.once('timeout', () => {
      end(new Error(`no connection within ${timeoutSeconds} s`));
    });
    socket.once('error', end);
    socket.once('connect', () => {
      end(null);
    });
  }
}

type Connected = (error: Error | null, options?: { readonly connection: Socket }) => void;
