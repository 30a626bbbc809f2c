/** Which version of a definition a text in an editor stands upon; versions by their ETag, null for what has none. */
export interface Version {
  /** Whose text the editor was opened with: another one is another editor. */
  readonly opened: string | null;
  /** The one that a save would replace. */
  readonly etag: string | null;
  /** What the service told last. */
  readonly read: string | null;
  /** Whether something was typed that is not saved. */
  readonly isTyped: boolean;
}

export function openedWith(read: string | null): Version {
  return { opened: read, etag: read, read, isTyped: false };
}

/** What was typed stays where a newer version comes, and is refused where somebody else made that. */
export function whenRead(version: Version, read: string | null): Version {
  if (version.read === read) return version;
  return version.isTyped ? { ...version, read } : openedWith(read);
}

export function whenTyped(version: Version): Version {
  return version.isTyped ? version : { ...version, isTyped: true };
}

/** Until it is read again nothing else tells the version that a save made. */
export function whenSaved(version: Version, etag: string): Version {
  return { ...version, etag, isTyped: false };
}
