import { resolve } from 'node:path';
import { parseSeconds } from '../domain/duration';
import { isLinkLocal, isLoopback } from './addresses';
import type { DeliveryConfig, DirectoryConfig, EmailConfig, ReportsConfig } from './config';
import { type Complain, readTls, within, type WrittenTls } from './endpoint';

/** The reports part of slowburn.yaml as its schema lets it through. */
export interface WrittenReports {
  readonly settle?: string;
  readonly timeZones?: readonly string[];
  readonly notes?: readonly WrittenNote[];
  readonly deliveries?: readonly WrittenDelivery[];
}

interface WrittenNote {
  readonly title?: string;
  readonly text: string;
  readonly service?: string;
}

export interface WrittenDelivery {
  readonly name: string;
  readonly formats: readonly string[];
  readonly languages?: DeliveryConfig['languages'];
  readonly services?: readonly string[];
  readonly timeZones?: readonly string[];
  readonly since?: string;
  readonly directory?: string;
  readonly email?: WrittenEmail;
}

interface WrittenEmail {
  readonly host: string;
  readonly port?: number;
  readonly encryption?: EmailConfig['encryption'];
  readonly tls?: WrittenTls;
  readonly auth?: { readonly username: string; readonly passwordFile: string };
  readonly from: string;
  readonly fromName?: string;
  readonly to: readonly string[];
  readonly timeout?: string;
}

/** Late samples are counted for longer, but a report is wanted on the first of the month. */
const DEFAULT_SETTLE = '6h';
const PORTS: Readonly<Record<EmailConfig['encryption'], number>> = {
  starttls: 587,
  tls: 465,
  none: 25,
};

export const DEFAULT_REPORTS: ReportsConfig = {
  settleSeconds: parseSeconds(DEFAULT_SETTLE),
  timeZones: [],
  notes: [],
  deliveries: [],
};

export function readReports(
  { settle = DEFAULT_SETTLE, timeZones = [], notes = [] }: WrittenReports,
  deliveries: readonly DeliveryConfig[],
  complain: Complain,
): ReportsConfig {
  return {
    settleSeconds: within(settle, ['settle'], '1m', '20d', complain),
    timeZones,
    notes: notes.map(({ title = null, text, service = null }) => ({
      title,
      text: text.trimEnd(),
      service,
    })),
    deliveries,
  };
}

/** @param directory where relative paths of files start */
export function readDelivery(
  written: WrittenDelivery,
  directory: string,
  complain: Complain,
): DeliveryConfig {
  const { name, formats, languages = ['en'], services = [], timeZones = [], since } = written;
  return {
    ...{ name, formats, languages, services, timeZones },
    since: since ?? null,
    to: readTo(written, directory, complain),
  };
}

function readTo(
  { directory: path, email }: WrittenDelivery,
  directory: string,
  complain: Complain,
): DirectoryConfig | EmailConfig {
  if ((path === undefined) === (email === undefined)) {
    const message =
      path === undefined
        ? 'neither directory nor email is given, allowed: one of them'
        : 'directory stands beside email, allowed: one of them; another delivery has a name of its own';
    complain(path === undefined ? [] : ['directory'], 'error', message);
  }
  if (email === undefined) return { kind: 'directory', path: resolve(directory, path ?? '') };
  return readEmail(email, directory, (place, severity, message) => {
    complain(['email', ...place], severity, message);
  });
}

function readEmail(written: WrittenEmail, directory: string, complain: Complain): EmailConfig {
  const { host, encryption = 'starttls', auth, tls, timeout = '1m', from, to } = written;
  if (isLinkLocal(host)) {
    const allowed = 'an address or a host name such as smtp.example.com, but no link-local one';
    complain(['host'], 'error', `host is ${JSON.stringify(host)}, allowed: ${allowed}`);
  }
  if (encryption === 'none' && tls !== undefined) {
    complain(['tls'], 'error', 'tls stands beside encryption: none, allowed: one of them');
  }
  if (encryption === 'none' && !isLoopback(host)) {
    if (auth === undefined) {
      const message =
        'encryption is "none": whoever sits between can read and change the reports; use starttls or tls';
      complain(['encryption'], 'warning', message);
    } else {
      const message =
        'auth stands beside encryption: none, which would send the password as clear text, allowed: starttls or tls';
      complain(['auth'], 'error', message);
    }
  }
  return {
    kind: 'email',
    ...{ host, encryption, from, to },
    port: written.port ?? PORTS[encryption],
    tls: tls === undefined ? null : readTls(tls, directory, complain),
    auth:
      auth === undefined
        ? null
        : { username: auth.username, passwordFile: resolve(directory, auth.passwordFile) },
    fromName: written.fromName ?? null,
    timeoutSeconds: within(timeout, ['timeout'], '5s', '10m', complain),
  };
}
