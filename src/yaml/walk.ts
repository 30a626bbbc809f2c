import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair } from 'yaml';
import { DEEPEST, LONGEST_KEY_CHARACTERS, Repeated, TooMuch } from './bounded-documents';
import type { Spot } from './spot';
import type { Path } from './problem';
import { shown } from './shown';

const MOST_VALUES = 200_000;

/** Tags that only say what a value is anyway; others make it what JSON cannot hold. */
const PLAIN_TAGS = ['str', 'int', 'float', 'bool', 'null', 'map', 'seq'].map(
  (name) => `tag:yaml.org,2002:${name}`,
);

export interface Walked {
  readonly value: unknown;
  readonly spot: Spot;
}

export type Complain = (offset: number, path: Path, message: string) => void;

/**
 * The plain value of a document, as JSON could hold it, and where each part of it stands. Duplicate
 * keys, keys that are not text, tags, NaN and infinities are complained of.
 *
 * @throws TooMuch when aliases multiply beyond reason or go in circles
 */
export function walkDocument(document: Document.Parsed, complain: Complain): Walked {
  return new Walk(complain).visit(document.contents, [], document.range[0]);
}

class Walk {
  private values = 0;
  private readonly repeated = new Repeated();
  private aliasesAround = 0;
  private readonly anchors = new Map<string, Node>();

  constructor(private readonly complain: Complain) {}

  visit(node: Node | null, path: Path, keyOffset: number): Walked {
    const offset = node?.range?.[0] ?? keyOffset;
    if (++this.values > MOST_VALUES || path.length > DEEPEST) {
      throw new TooMuch('the document has too many or too deeply nested values', offset);
    }
    if (this.aliasesAround > 0) this.repeated.add(weightOf(node), offset);
    if (isAlias(node)) {
      this.aliasesAround += 1;
      const walked = this.visit(this.aliased(node.source, offset, path), path, keyOffset);
      this.aliasesAround -= 1;
      return walked;
    }
    if (node?.tag !== undefined && !PLAIN_TAGS.includes(node.tag)) {
      this.complain(offset, path, 'a tag (!…) is unknown; tags are not used here');
      return { value: null, spot: { offset, keyOffset, scalar: null, within: new Map() } };
    }
    if ((isScalar(node) || isMap(node) || isSeq(node)) && node.anchor !== undefined) {
      this.anchors.set(node.anchor, node);
    }
    if (isMap(node))
      return this.visitMap(node.items as Pair<Node, Node | null>[], path, keyOffset, offset);
    if (isSeq(node)) {
      const items = (node.items as Node[]).map((item, index) =>
        this.visit(item, [...path, index], item.range?.[0] ?? offset),
      );
      return {
        value: items.map(({ value }) => value),
        spot: {
          offset,
          keyOffset,
          scalar: null,
          within: new Map(items.map((item, index) => [index, item.spot])),
        },
      };
    }
    const value: unknown = isScalar(node) ? node.value : null;
    if (typeof value === 'number' && !Number.isFinite(value)) {
      this.complain(offset, path, `the value is ${shown(value)}, allowed: a finite number`);
    }
    const scalar = isScalar(node) && node.range ? (node as Spot['scalar']) : null;
    return { value, spot: { offset, keyOffset, scalar, within: new Map() } };
  }

  private visitMap(
    pairs: readonly Pair<Node, Node | null>[],
    path: Path,
    keyOffset: number,
    offset: number,
  ): Walked {
    const own = new Map<string, Walked>();
    const merged: Walked[] = [];
    for (const { key, value } of pairs) {
      const at = key.range?.[0] ?? offset;
      const name = isScalar(key) ? keyText(key.value, key.source) : null;
      if (name === null) {
        this.complain(at, path, 'a key must be text');
      } else if (name.length > LONGEST_KEY_CHARACTERS) {
        const allowed = `allowed: up to ${LONGEST_KEY_CHARACTERS}`;
        this.complain(at, path, `a key has ${name.length} characters, ${allowed}`);
      } else if (name === '<<' && isScalar(key) && key.type === 'PLAIN') {
        merged.push(...this.mergedMaps(value, path, at));
      } else {
        const walked = this.visit(value, [...path, name], at);
        if (own.has(name))
          this.complain(at, [...path, name], `the key ${shown(name)} is written twice`);
        else own.set(name, walked);
      }
    }
    return assembled(own, merged, offset, keyOffset);
  }

  /** YAML 1.1's `<<: *base` or `<<: [*a, *b]`, which many files use; own keys win, then the first. */
  private mergedMaps(value: Node | null, path: Path, at: number): readonly Walked[] {
    const walked = this.visit(value, [...path, '<<'], at);
    const maps = Array.isArray(walked.value)
      ? walked.value.map((item: unknown, index) => ({
          value: item,
          spot: walked.spot.within.get(index) ?? walked.spot,
        }))
      : [walked];
    const plain = maps.every(
      (map) => typeof map.value === 'object' && map.value !== null && !Array.isArray(map.value),
    );
    for (const map of maps) this.repeated.add(map.spot.within.size, at);
    if (plain) return maps;
    this.complain(
      at,
      [...path, '<<'],
      '<< merges mappings only, allowed: *name of a mapping, or a list of them',
    );
    return [];
  }

  private aliased(name: string, offset: number, path: Path): Node | null {
    const node = this.anchors.get(name);
    if (node === undefined)
      this.complain(offset, path, `no anchor &${name} stands before the alias *${name}`);
    return node ?? null;
  }
}

function weightOf(node: Node | null): number {
  return isScalar(node) ? Repeated.valuesOf(node.source ?? '') : 1;
}

function keyText(value: unknown, source: string | undefined): string | null {
  if (typeof value === 'string') return value;
  return value === null ? null : (source ?? null);
}

function assembled(
  own: ReadonlyMap<string, Walked>,
  merged: readonly Walked[],
  offset: number,
  keyOffset: number,
): Walked {
  const within = new Map([...own].map(([key, walked]) => [key as string | number, walked.spot]));
  // Without a prototype, so that a key called __proto__ is a key like any other.
  const value = Object.create(null) as Record<string, unknown>;
  for (const [key, walked] of own) value[key] = walked.value;
  for (const map of merged) {
    for (const [key, spot] of map.spot.within) {
      if (within.has(key)) continue;
      within.set(key, spot);
      value[key] = (map.value as Record<string | number, unknown>)[key];
    }
  }
  return { value, spot: { offset, keyOffset, scalar: null, within } };
}
