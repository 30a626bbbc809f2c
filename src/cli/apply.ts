import { stat } from 'node:fs/promises';
import { listDefinitionFiles, readDefinitionFile } from '../definitions/definition-files';
import {
  type ChangesAnswer,
  changesReport,
  complaintLine,
  type PlacedComplaint,
} from './changes-report';
import { coloursWanted } from './colours';
import { CouldNotRun } from './could-not-run';
import { JoinedFiles } from './joined-files';
import { callService, detailOf, refusal, serviceAt } from './service-client';
import { mustBeReadable } from './validate';

export interface ChangeOptions {
  readonly url: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

const DEFINITIONS = '/api/v1/definitions';
/** A text of a megabyte holds some thousand SLOs. */
const TIMEOUT_MS = 60_000;
const REFUSED = [404, 409, 412, 413, 422];

/** `slowburn apply`: every SLO of the files, all or none. 1 when the service refuses them. */
export async function apply(paths: readonly string[], options: ChangeOptions): Promise<number> {
  const files = new JoinedFiles(await textsOf(paths));
  const service = serviceAt(options.url);
  const { status, body } = await callService(service, {
    method: 'POST',
    path: `${DEFINITIONS}/apply${queryOf(options)}`,
    body: { type: 'application/yaml', text: files.text },
    timeoutMilliseconds: TIMEOUT_MS,
  });
  const placeOf = (line: number) => files.placeOf(line);
  if (REFUSED.includes(status)) return refused(body, options, placeOf);
  if (!isChanges(body)) throw refusal(service, status, body);
  if (options.json === true) console.log(JSON.stringify(body));
  else {
    for (const warning of body.warnings)
      console.error(complaintLine('warning', warning, placeOf, coloursWanted(process.stderr)));
    console.log(changesReport(body, coloursWanted()));
  }
  return 0;
}

/** `slowburn delete`: one SLO that was made over the API. 1 when there is none, or a file has it. */
export async function deleteDefinition(id: string, options: ChangeOptions): Promise<number> {
  if (!/^[^/\s]+\/[^/\s]+$/.test(id)) {
    throw new CouldNotRun(`the SLO is ${JSON.stringify(id)}, allowed: SERVICE/NAME`);
  }
  const service = serviceAt(options.url);
  const path = `${DEFINITIONS}/${id.split('/').map(encodeURIComponent).join('/')}`;
  const { status, body } = await callService(service, {
    method: 'DELETE',
    path: `${path}${queryOf(options)}`,
  });
  if (REFUSED.includes(status)) return refused(body, options, (line) => ({ file: '', line }));
  if (!isChanges(body)) throw refusal(service, status, body);
  console.log(options.json === true ? JSON.stringify(body) : changesReport(body, coloursWanted()));
  return 0;
}

function queryOf({ dryRun }: ChangeOptions): string {
  return dryRun === true ? '?dryRun=true' : '';
}

function refused(
  body: unknown,
  { json }: ChangeOptions,
  placeOf: Parameters<typeof complaintLine>[2],
): number {
  if (json === true) console.log(JSON.stringify(body));
  else {
    const complaints = complaintsOf(body);
    const colours = coloursWanted(process.stderr);
    for (const each of complaints) console.error(complaintLine('error', each, placeOf, colours));
    if (complaints.length === 0) console.error(plainDetail(body));
  }
  return 1;
}

/** Those of a text's faults that have a place. */
function complaintsOf(body: unknown): readonly PlacedComplaint[] {
  const { errors } = (body ?? {}) as { readonly errors?: unknown };
  if (!Array.isArray(errors)) return [];
  return errors.flatMap((error: Partial<PlacedComplaint> & { readonly field?: string }) => {
    const { line, column = 1, message = '', field: path = '' } = error;
    return line === undefined ? [] : [{ line, column, path, message }];
  });
}

function plainDetail(body: unknown): string {
  const { detail } = (body ?? {}) as { readonly detail?: unknown };
  return typeof detail === 'string' ? detail : detailOf(body);
}

async function textsOf(paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const path of paths) {
    await mustBeReadable(path);
    for (const file of await filesOf(path)) {
      const text = await readDefinitionFile(file);
      if (text.kind === 'text') texts.set(file, text.text);
      else {
        const reason = text.kind === 'gone' ? 'it does not exist' : text.reason;
        throw new CouldNotRun(`${file} cannot be read: ${reason}`);
      }
    }
  }
  return texts;
}

async function filesOf(path: string): Promise<readonly string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const { files, unreadable } = await listDefinitionFiles(path);
  const [first] = unreadable;
  if (first !== undefined) throw new CouldNotRun(`${first.path} cannot be read: ${first.reason}`);
  if (files.length === 0) throw new CouldNotRun(`${path} holds no .yaml, .yml or .json file`);
  return files;
}

function isChanges(body: unknown): body is ChangesAnswer {
  return typeof body === 'object' && body !== null && 'items' in body && 'warnings' in body;
}
