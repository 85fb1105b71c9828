/** Locates tokens in the source. marked gives no positions, but the `raw` texts of its tokens follow each other. */
import type { Token } from "marked";
import type { SourceFile, Span } from "../source/source-file.ts";
import { childLists } from "./tokens.ts";

export type Positions = ReadonlyMap<Token, Span>;

/**
 * A span for every token. marked removes the indentation inside lists and quotes, so a child is found by its first
 * line, searching from the end of its predecessor: exact to the character.
 */
export function locateTokens(tokens: readonly Token[], file: SourceFile, bodyStart: number): Positions {
  const spans = new Map<Token, Span>();
  const place = (list: readonly Token[], from: number, to: number): number => {
    let cursor = from;
    for (const token of list) {
      const found = find(file.text, token.raw, cursor, to);
      const offset = found?.offset ?? cursor;
      const length = found?.length ?? Math.min(token.raw.length, to - cursor);
      spans.set(token, { offset, length });
      let inner = offset;
      for (const children of childLists(token)) inner = place(children, inner, offset + length);
      cursor = Math.max(cursor, offset + length);
    }
    return cursor;
  };
  place(tokens, bodyStart, file.text.length);
  return spans;
}

/**
 * The span of a part of a token, possibly on a later line. `start` and `length` count in the token's `raw`, from which
 * marked has removed the indentation.
 */
export function spanInside(file: SourceFile, token: { raw: string }, span: Span, start: number, length: number): Span {
  const before = token.raw.slice(0, start);
  const lines = before.split("\n");
  const column = lines.at(-1)?.length ?? 0;
  if (lines.length === 1) return { offset: follow(file.text, span.offset, before), length };
  let lineOffset = span.offset;
  for (let line = 1; line < lines.length; line++) lineOffset = file.text.indexOf("\n", lineOffset) + 1;
  const rawLine = token.raw.split("\n")[lines.length - 1] ?? "";
  const sourceLine = file.line(file.position(lineOffset).line);
  const indentation = Math.max(0, sourceLine.indexOf(rawLine));
  return { offset: lineOffset + indentation + column, length };
}

function find(text: string, raw: string, from: number, to: number): Span | undefined {
  if (text.startsWith(raw, from)) return { offset: from, length: raw.length };
  // In table cells marked has replaced `\|` with a bar.
  if (raw.includes("|") && !raw.includes("\n")) {
    const written = raw.replaceAll("|", "\\|");
    const at = text.indexOf(written, from);
    if (at !== -1 && at + written.length <= to) return { offset: at, length: written.length };
  }
  const trimmed = raw.replace(/^\s+/, "");
  const lines = trimmed.replace(/\s+$/, "").split("\n");
  const first = lines[0] ?? "";
  const offset = text.indexOf(first, from);
  if (first === "" || offset === -1 || offset > to) return undefined;
  let end = offset + first.length;
  for (const line of lines.slice(1)) {
    const at = text.indexOf(line.trim(), end);
    if (at === -1 || at > to) break;
    end = at + line.trim().length;
  }
  return { offset, length: end - offset };
}

/** The offset in the source after the given beginning of a token; a bar may be `\|` there. */
function follow(text: string, start: number, beginning: string): number {
  let offset = start;
  for (const character of beginning.split("")) offset += character === "|" && text.startsWith("\\|", offset) ? 2 : 1;
  return offset;
}
