/** What Python's own libraries make of a file: readers that share no code with what wrote it. */
import { spawnSync } from 'node:child_process';

const readCsv = `
import csv, io, json, sys
text = sys.stdin.buffer.read().decode('utf-8')
json.dump(list(csv.reader(io.StringIO(text, newline=''), strict=True)), sys.stdout)
`;

const readXml = `
import json, sys
import xml.etree.ElementTree as tree
def node(e):
    return {'name': e.tag, 'attributes': e.attrib, 'text': e.text or '', 'children': [node(c) for c in e]}
json.dump(node(tree.fromstring(sys.stdin.buffer.read())), sys.stdout)
`;

/** The rows of a CSV file, as Python reads them. */
export function csvRows(text: string): readonly (readonly string[])[] {
  return python(readCsv, text) as readonly (readonly string[])[];
}

export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Before its first child. */
  readonly text: string;
  readonly children: readonly XmlNode[];
}

/** The elements of an XML file, as Python (expat) reads them. */
export function xmlTree(text: string): XmlNode {
  return python(readXml, text) as XmlNode;
}

/** @throws Error with what Python says where it does not accept the text. */
function python(program: string, input: string): unknown {
  const { status, stdout, stderr } = spawnSync('python3', ['-c', program], {
    input: Buffer.from(input),
    encoding: 'utf8',
    env: { ...process.env, PYTHONIOENCODING: 'utf-8' },
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}
