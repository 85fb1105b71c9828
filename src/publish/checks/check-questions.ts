/** Checks that no two questions of the library have the same words, by which readers' browsers identify them. */
import type { ProblemList } from "../source/problem.ts";
import type { TextSource } from "../source/read-content.ts";
import { placeholderQuestion } from "../source/templates.ts";
import type { CompiledText } from "../text/compiled-text.ts";

export function checkQuestions(
  entries: readonly { readonly path: string; readonly source: TextSource<unknown> }[],
  texts: ReadonlyMap<string, CompiledText>,
  problems: ProblemList,
): void {
  const asked = new Map<string, string>();
  for (const { path, source } of entries) {
    for (const { page, span } of texts.get(path)?.questions ?? []) {
      if (source.file.text.slice(span.offset, span.offset + span.length).includes(placeholderQuestion)) continue;
      const first = asked.get(page.id);
      if (first === undefined) asked.set(page.id, path);
      else {
        problems.add(
          source.file,
          span,
          first === path ? "This question is asked twice." : `This question is also asked in ${first}.`,
          "Reword one of them: readers who rate both answers would see only the first one again.",
          "warning",
        );
      }
    }
  }
}
