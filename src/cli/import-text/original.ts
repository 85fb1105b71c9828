/** Defines a text to import as it is read: its lines, and the images it contains. */

/** `12` in a text; `cell 3, line 2` in a notebook. */
export type Place = string;

export interface Line {
  readonly text: string;
  readonly place: Place;
}

/** An image that a notebook contains: the name it is referred to by, and its bytes. */
export interface Embedded {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly extension: string;
}

export interface Original {
  readonly lines: readonly Line[];
  readonly embedded: readonly Embedded[];
  /** What was lost or changed while reading. */
  readonly findings: readonly { readonly place: Place; readonly message: string }[];
}
