import { readYaml } from '../yaml/read-yaml';
import { JoinedFiles } from './joined-files';

const FILES = new Map([
  ['a.yaml', 'a: 1\n---\na: 2'],
  ['b.json', '{"b":\n 1}\n'],
  ['c.yaml', '%YAML 1.2\n---\nc: 1\n...\n'],
  ['d.yaml', '\uFEFF# only a remark\n'],
  ['e.yaml', '---\r\ne: 1\r\ne2: [\r\n  1]'],
]);

describe('files that are sent as one text', () => {
  const joined = new JoinedFiles(FILES);

  it('are the documents that they are one by one', () => {
    const { documents, problems } = readYaml(joined.text, 'all');
    expect(problems).toEqual([]);
    expect(documents.map(({ value }) => JSON.stringify(value))).toEqual([
      '{"a":1}',
      '{"a":2}',
      '{"b":1}',
      '{"c":1}',
      '{"e":1,"e2":[1]}',
    ]);
  });

  it('still know the file and line of everything', () => {
    const { documents } = readYaml(joined.text, 'all');
    const places = documents.map((document) => {
      const { file, line } = joined.placeOf(document.place([]).line);
      return `${file}:${line}`;
    });
    expect(places).toEqual(['a.yaml:1', 'a.yaml:3', 'b.json:1', 'c.yaml:3', 'e.yaml:2']);
  });
});
