import { resolve } from 'node:path';
import { isInternal, hostOf } from './addresses';
import type { AlertmanagerConfig, EndpointConfig, WebhookConfig } from './config';
import {
  type Complain,
  readEndpoint,
  readHeaders,
  readTls,
  within,
  type WrittenEndpoint,
  type WrittenTls,
} from './endpoint';
import { readSourceAddress } from './source-address';

/** An Alertmanager as the schema of slowburn.yaml lets it through. */
export interface WrittenAlertmanager extends WrittenEndpoint {
  readonly name?: string;
  readonly timeout?: string;
}

/** A webhook as the schema of slowburn.yaml lets it through. */
export interface WrittenWebhook {
  readonly name: string;
  readonly url: string;
  readonly secretFile: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeout?: string;
  readonly tls?: WrittenTls;
  readonly allowPrivateAddresses?: boolean;
}

const DEFAULT_TIMEOUT = '10s';
const ALERTMANAGER = 'http://alertmanager:9093';

/** @param directory where relative paths of files start */
export function readAlertmanager(
  written: WrittenAlertmanager,
  directory: string,
  complain: Complain,
): AlertmanagerConfig {
  const { name, timeout = DEFAULT_TIMEOUT } = written;
  const endpoint = readEndpoint(written, directory, complain, ALERTMANAGER);
  return {
    ...endpoint,
    name: name ?? nameOf(endpoint.url),
    timeoutSeconds: within(timeout, ['timeout'], '1s', '1m', complain),
  };
}

/** One that only has an address, of the environment. */
export function alertmanagerAt(text: string): AlertmanagerConfig | { readonly fault: string } {
  const address = readSourceAddress(text, ALERTMANAGER);
  if ('fault' in address) return address;
  const nothing: Omit<EndpointConfig, 'url'> = {
    headers: {},
    bearerTokenFile: null,
    basicAuth: null,
    tls: null,
  };
  return { ...nothing, url: address.url, name: nameOf(address.url), timeoutSeconds: 10 };
}

/** @param directory where relative paths of files start */
export function readWebhook(
  written: WrittenWebhook,
  directory: string,
  complain: Complain,
): WebhookConfig {
  const { timeout = DEFAULT_TIMEOUT, allowPrivateAddresses = false } = written;
  return {
    name: written.name,
    url: webhookAddress(written.url, allowPrivateAddresses, complain),
    secretFile: resolve(directory, written.secretFile),
    headers: readHeaders(written.headers ?? {}, complain),
    tls: written.tls === undefined ? null : readTls(written.tls, directory, complain),
    timeoutSeconds: within(timeout, ['timeout'], '1s', '1m', complain),
    allowPrivateAddresses,
  };
}

/** Its address may be the secret itself, as those of chats are, so no complaint shows it. */
function webhookAddress(text: string, allowPrivate: boolean, complain: Complain): string {
  const refuse = (fault: string): string => {
    complain(['url'], 'error', `url ${fault}`);
    return '';
  };
  if (!URL.canParse(text) || !/^https?:\/\//i.test(text)) {
    return refuse('is not shown here, allowed: an http or https address');
  }
  const url = new URL(text);
  if (url.username !== '' || url.password !== '' || url.hash !== '') {
    return refuse(
      'is not shown here, allowed: an address without user, password or fragment (#); the signature tells who sends',
    );
  }
  const address = readSourceAddress(url.origin, 'https://hooks.example.com');
  if ('fault' in address) return refuse(address.fault);
  const host = hostOf(text);
  if (!allowPrivate && (isInternal(host) || host.toLowerCase() === 'localhost')) {
    return refuse(
      'is on a loopback or private address, allowed: one of the internet, or any with allowPrivateAddresses: true',
    );
  }
  return url.href;
}

/** Host and port, which tell one Alertmanager of a cluster from the other. */
function nameOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
