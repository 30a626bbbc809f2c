import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A certificate that vouches for itself, made here by the openssl command; its file is its authority's. */
export async function selfSigned(
  directory: string,
  name: string,
): Promise<{ readonly key: string; readonly cert: string; readonly caFile: string }> {
  const [keyFile, caFile] = [join(directory, `${name}.key`), join(directory, `${name}.pem`)];
  await promisify(execFile)('openssl', [
    ...['req', '-x509', '-nodes', '-days', '2', '-subj', `/CN=${name}`],
    ...['-addext', `subjectAltName=DNS:${name}`],
    ...['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-keyout', keyFile, '-out', caFile],
  ]);
  const [key, cert] = await Promise.all([readFile(keyFile, 'utf8'), readFile(caFile, 'utf8')]);
  return { key, cert, caFile };
}
