import type { LineCounter } from 'yaml';
import type { Path, Place, Problem } from './problem';
import { pathText } from './problem';
import { offsetWithin, type Spot } from './spot';

/** One document of a file: its plain value, and where every part of it stands. */
export class YamlDocument {
  constructor(
    /** As JSON could hold it; mappings have no prototype. */
    readonly value: unknown,
    readonly file: string,
    private readonly text: string,
    private readonly root: Spot,
    private readonly lines: LineCounter,
  ) {}

  /** Where the value of a path stands, or the nearest value around it when there is none. */
  place(path: Path): Place {
    return this.placeOf(this.nearest(path).offset);
  }

  /** Where the key of a path stands: the place of a complaint about the key itself. */
  keyPlace(path: Path): Place {
    return this.placeOf(this.nearest(path).keyOffset);
  }

  /** Where a character of a text value stands; the value's start when the text was folded. */
  placeWithin(path: Path, offset: number): Place {
    const { scalar, offset: start } = this.nearest(path);
    return this.placeOf(scalar === null ? start : offsetWithin(scalar, this.text, offset));
  }

  /** A scalar as it was written, digit for digit: a number is not taken through a float. */
  written(path: Path): string {
    const { scalar } = this.nearest(path);
    if (scalar === null) return '';
    return typeof scalar.value === 'string' ? scalar.value : scalar.source;
  }

  error(path: Path, message: string): Problem {
    return { severity: 'error', place: this.place(path), path: pathText(path), message };
  }

  warning(path: Path, message: string): Problem {
    return { ...this.error(path, message), severity: 'warning' };
  }

  private nearest(path: Path): Spot {
    let spot = this.root;
    for (const key of path) {
      const next = spot.within.get(key);
      if (next === undefined) return spot;
      spot = next;
    }
    return spot;
  }

  private placeOf(offset: number): Place {
    return placeAt(this.file, this.lines, offset);
  }
}

export function placeAt(file: string, lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return { file, line: Math.max(1, line), column: Math.max(1, col) };
}
