/** A text file of the author, with the way from an offset to a line and column. */

/** A stretch of a source file, in UTF-16 units from its start. */
export interface Span {
  readonly offset: number;
  readonly length: number;
}

export class SourceFile {
  /** Relative to the project, with forward slashes, as problems show it. */
  readonly path: string;
  /** Line ends are `\n` and there is no byte order mark, whatever the author's editor writes. */
  readonly text: string;
  readonly #lineStarts: number[] = [0];

  constructor(path: string, text: string) {
    this.path = path;
    this.text = text
      .replace(/^\uFEFF/, "")
      .replace(/\r\n?/g, "\n")
      .replaceAll("\0", "\uFFFD");
    for (let at = this.text.indexOf("\n"); at !== -1; at = this.text.indexOf("\n", at + 1)) {
      this.#lineStarts.push(at + 1);
    }
  }

  /** Where a stretch of this text was written by the author: here, unless the text is another's, worked on. */
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

/** A stretch of a file and what stands there instead; without line breaks, so that lines stay what they are. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** A file with edits made, that still says of each place where the author wrote it. `edits` are in order and apart. */
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
    return { file: this.#written, span: { offset: start, length: end - start } };
  }

  /** An offset here as one there; inside of what was put in, the edge of what was written. */
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
