/** Checks that "see" in the index leads to an entry, once all texts are compiled. */
import type { ProblemList } from "../source/problem.ts";
import type { TextSource } from "../source/read-content.ts";
import { advise } from "../source/suggest.ts";
import type { CompiledText } from "../text/compiled-text.ts";

const nameOf = (levels: readonly string[]): string => levels.join("!").normalize("NFC").toLowerCase();

export function checkIndex(
  entries: readonly { readonly path: string; readonly source: TextSource<unknown> }[],
  texts: ReadonlyMap<string, CompiledText>,
  problems: ProblemList,
): void {
  const marks = entries.flatMap(({ path, source }) =>
    (texts.get(path)?.index.marks ?? []).map((mark) => ({ ...mark, file: source.file })),
  );
  // An entry with places, or one above a sub-entry with places.
  const known = new Map(
    marks
      .filter(({ anchor }) => anchor !== undefined)
      .flatMap(({ entry }) => [entry.slice(0, 1), entry].map((levels) => [nameOf(levels), levels.join("!")])),
  );
  for (const { see, file, span } of marks) {
    if (see === undefined || known.has(nameOf(see))) continue;
    const written = see.join("!");
    problems.add(
      file,
      span,
      `The index has no entry \`${written}\`, to which this sends the reader.`,
      advise(written, [...known.values()], "entries"),
    );
  }
}
