import { join } from 'node:path';
import ts from 'typescript';
import { oddReport } from '../../test/support/odd-report';
import { schemaFaults } from '../../test/support/report-schema';
import { reportWith, sloReportWith } from '../../test/support/reports';
import type { Report } from './report';
import schema from './report-schema.json';

/** A schema, or a part of it, as far as ours go. */
interface Part {
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly $ref?: string;
  readonly items?: Part;
  readonly properties?: Readonly<Record<string, Part>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Part;
  readonly description?: string;
}

const ROOT = schema as Part & { readonly $defs: Readonly<Record<string, Part>> };

const closed = (report: Report): Report => ({
  ...report,
  ...{ state: 'closed', revision: 2, hash: 'a'.repeat(64), previousHash: null },
});
const noted = (report: Report): Report => ({
  ...report,
  notes: [{ title: null, text: 'one\ntwo', service: 'shop' }],
});

describe("the schema of the report's JSON", () => {
  it.each<[string, Report]>([
    ['an ordinary one', reportWith(sloReportWith())],
    ['an odd one', oddReport()],
    ['one that is closed, of before there were notes', closed(oddReport())],
    ['one with notes', noted(oddReport())],
    ['an empty one', reportWith()],
  ])('is kept by %s', (_what, report) => {
    expect(schemaFaults(report)).toEqual([]);
  });

  it.each<[string, object]>([
    ['/sli must be', { sli: 1.5 }],
    ['/met must be', { met: 'yes' }],
    ['must NOT have additional properties', { sla: 1 }],
    ["must have required property 'budget'", { budget: undefined }],
    ['/days/0/date must match format', { days: [{ ...sloReportWith().days[0], date: '2026-10' }] }],
  ])('says %s', (says, wrong) => {
    const report = reportWith(sloReportWith());
    const faults = schemaFaults({ ...report, slos: [{ ...report.slos[0], ...wrong }] });
    expect(faults.join('\n')).toContain(says);
  });

  it('says the same as the model, property by property', () => {
    const model = modelOf(join(__dirname, 'report.ts'));
    const told = Object.entries({ Report: ROOT, ...ROOT.$defs }).map(
      ([name, part]) => [name, membersOf(part)] as const,
    );
    expect(Object.fromEntries(told)).toEqual(model);
  });

  it('says of every property what it means', () => {
    const mute = Object.entries({ Report: ROOT, ...ROOT.$defs }).flatMap(([name, part]) =>
      propertiesOf(part)
        .filter(([, each]) => each.description === undefined && each.$ref === undefined)
        .map(([key]) => `${name}.${key}`),
    );
    expect(mute).toEqual([]);
  });
});

function propertiesOf({ properties = {} }: Part): [string, Part][] {
  return Object.entries(properties).flatMap(([key, each]): [string, Part][] => [
    [key, each],
    ...propertiesOf(each).map(([inner, part]): [string, Part] => [`${key}.${inner}`, part]),
  ]);
}

/** Properties and their types, as TypeScript would say them. */
function membersOf({
  properties = {},
  required = [],
  additionalProperties,
}: Part): Readonly<Record<string, unknown>> {
  expect(additionalProperties).toBe(false);
  return Object.fromEntries(
    Object.entries(properties).map(([key, each]) => [
      required.includes(key) ? key : `${key}?`,
      each.properties === undefined ? wordOf(each) : membersOf(each),
    ]),
  );
}

function wordOf(part: Part): string {
  if (part.$ref !== undefined) return part.$ref.replace('#/$defs/', '');
  if (part.enum !== undefined) return part.enum.map((each) => `'${each}'`).join(' | ');
  return [part.type ?? '?']
    .flat()
    .map((type) => {
      if (type === 'array') return `readonly ${wordOf(part.items ?? {})}[]`;
      if (type === 'object') return 'Group';
      return type === 'integer' ? 'number' : type;
    })
    .join(' | ')
    .replace('Group | null', 'Group');
}

/** The interfaces of the model by name. */
function modelOf(file: string): Readonly<Record<string, unknown>> {
  const source = ts.createSourceFile(file, ts.sys.readFile(file) ?? '', ts.ScriptTarget.ES2023);
  const interfaces = source.statements.filter((each) => ts.isInterfaceDeclaration(each));
  const members = (list: ts.NodeArray<ts.TypeElement>): Record<string, unknown> =>
    Object.fromEntries(
      list
        .filter((each) => ts.isPropertySignature(each))
        .map((each) => {
          const name = `${each.name.getText(source)}${each.questionToken === undefined ? '' : '?'}`;
          const type = each.type;
          if (type === undefined) throw new Error(`${name} has no type`);
          return [name, ts.isTypeLiteralNode(type) ? members(type.members) : type.getText(source)];
        }),
    );
  const own = new Map(interfaces.map((each) => [each.name.text, each]));
  return Object.fromEntries(
    interfaces.map((each) => {
      const above = each.heritageClauses?.[0]?.types[0]?.expression.getText(source);
      const inherited = above === undefined ? undefined : own.get(above);
      return [
        each.name.text,
        { ...members(each.members), ...(inherited && members(inherited.members)) },
      ];
    }),
  );
}
