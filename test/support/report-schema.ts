import { Ajv2020 } from 'ajv/dist/2020';
import schema from '../../src/reports/report-schema.json';

const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
ajv.addFormat('date-time', (text) => new Date(text).toISOString() === text);
ajv.addFormat('date', (text) => new Date(text).toISOString().slice(0, 10) === text);
const validate = ajv.compile(schema);

/** Where a report, as it is sent, breaks the schema that is handed out. */
export function schemaFaults(report: object): readonly string[] {
  validate(JSON.parse(JSON.stringify(report)));
  return (validate.errors ?? []).map(
    ({ instancePath, message }) => `${instancePath} ${message ?? ''}`,
  );
}
