/** A closed report as one target gets it: written in the formats and languages that it wants. */
export interface Parcel {
  /** Of this revision and this target: the same whenever it is packed. Letters and digits. */
  readonly id: string;
  /** `2026-10`. */
  readonly month: string;
  /** One line. */
  readonly subject: string;
  /** What is said beside the files. */
  readonly text: string;
  readonly language: string;
  readonly files: readonly ParcelFile[];
}

export interface ParcelFile {
  /** Letters, digits, `.`, `_`, `+` and `-`; none is named like another one of its target's. */
  readonly name: string;
  readonly contentType: string;
  readonly content: string | Uint8Array;
}
