/** Checks links to headings of other texts, once all texts are compiled. */
import type { ProblemList } from "../source/problem.ts";
import type { TextSource } from "../source/read-content.ts";
import { advise } from "../source/suggest.ts";
import type { CompiledText } from "../text/compiled-text.ts";

export function checkAnchors(
  entries: readonly { readonly path: string; readonly source: TextSource<unknown> }[],
  texts: ReadonlyMap<string, CompiledText>,
  problems: ProblemList,
): void {
  for (const { path: from, source } of entries) {
    for (const { path, anchor, span } of texts.get(from)?.chapterLinks ?? []) {
      const target = texts.get(path);
      if (anchor === undefined || !target || target.anchors.has(anchor)) continue;
      problems.add(
        source.file,
        span,
        `${path} has no heading \`#${anchor}\`.`,
        advise(anchor, [...target.anchors], "anchors there"),
      );
    }
  }
}
