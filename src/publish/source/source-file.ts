/** Holds a text file of the author, and maps offsets to lines and columns. */

/** A range of a source file, in UTF-16 units from its start. */
export interface Span {
  readonly offset: number;
  readonly length: number;
}

/** Line ends as `\n`, without a byte order mark. */
export const normaliseLines = (text: string): string => text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");

export class SourceFile {
  /** Relative to the project, with forward slashes, as problems show it. */
  readonly path: string;
  /** Normalised: line ends are `\n`, and there is no byte order mark. */
  readonly text: string;
  readonly #lineStarts: number[] = [0];

  constructor(path: string, text: string) {
    this.path = path;
    this.text = normaliseLines(text).replaceAll("\0", "\uFFFD");
    for (let at = this.text.indexOf("\n"); at !== -1; at = this.text.indexOf("\n", at + 1)) {
      this.#lineStarts.push(at + 1);
    }
  }

  /** Where the author wrote a span: in this file, unless it is an edited copy. */
  origin(span: Span): { readonly file: SourceFile; readonly span: Span } {
    return { file: this, span };
  }

  /** Line and column of an offset, both counted from 1; columns in characters, as editors count them. */
  position(offset: number): { line: number; column: number } {
    const inside = Math.max(0, Math.min(offset, this.text.length));
    let low = 0;
    let high = this.#lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#lineStarts[middle] ?? 0) <= inside) low = middle;
      else high = middle - 1;
    }
    const start = this.#lineStarts[low] ?? 0;
    return { line: low + 1, column: [...this.text.slice(start, inside)].length + 1 };
  }

  /** The line with that number, without its end. */
  line(number: number): string {
    const start = this.#lineStarts[number - 1] ?? this.text.length;
    const end = this.#lineStarts[number];
    return this.text.slice(start, end === undefined ? undefined : end - 1);
  }
}

/** A span and its replacement. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/**
 * An edited copy of a file that maps spans back to where the author wrote them. `edits` are in order and do not
 * overlap.
 */
export class EditedFile extends SourceFile {
  readonly #written: SourceFile;
  readonly #edits: readonly Edit[];

  constructor(written: SourceFile, edits: readonly Edit[]) {
    let text = "";
    let copied = 0;
    for (const { span, text: replacement } of edits) {
      text += written.text.slice(copied, span.offset) + replacement;
      copied = span.offset + span.length;
    }
    super(written.path, text + written.text.slice(copied));
    this.#written = written;
    this.#edits = edits;
  }

  override origin({ offset, length }: Span): { readonly file: SourceFile; readonly span: Span } {
    const start = this.#place(offset, "start");
    const end = Math.max(start, this.#place(offset + length, "end"));
    return this.#written.origin({ offset: start, length: end - start });
  }

  /** Maps an offset to the written file; inside a replacement, to the edge of what it replaced. */
  #place(offset: number, edge: "start" | "end"): number {
    let shift = 0;
    for (const { span, text } of this.#edits) {
      const from = span.offset + shift;
      if (offset <= from) break;
      if (offset < from + text.length) return edge === "start" ? span.offset : span.offset + span.length;
      shift += text.length - span.length;
    }
    return offset - shift;
  }
}
