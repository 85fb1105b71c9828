/** Turns a message into an entry of `changes` in a chapter's front matter, to be copied and reworded. */
import type { ReaderMessage } from "./message-queries.ts";

/** `day`: of the correction, such as `2026-12-03`. JSON's strings are valid in YAML, whatever a reader wrote. */
export function changesEntry({ quote, message }: Pick<ReaderMessage, "quote" | "message">, day: string): string {
  const line = message.replace(/\s+/g, " ");
  const text = quote === null ? line : `“${quote.replace(/\s+/g, " ")}”: ${line}`;
  return ["changes:", `  - date: ${day}`, `    text: ${JSON.stringify(text)}`, "    correction: true"].join("\n");
}
