/** Which ornament is stamped on a book's cover: the drawing that its front matter names, or one that its slug decides. */

import { drawRosette } from "../../figures/covers/rosette.ts";
import { covers } from "../../figures/covers.ts";
import type { ProblemList } from "../source/problem.ts";
import type { BookSource, Outline } from "../source/read-content.ts";
import { advise } from "../source/suggest.ts";

/** As SVG. Without a drawing of its own a book still looks unlike the others. */
export const ornamentOf = ({ slug, overview }: BookSource): string => {
  const { cover } = overview.data;
  return cover === undefined ? drawRosette(slug) : (covers[cover]?.() ?? "");
};

export function checkCovers({ books }: Outline, problems: ProblemList): void {
  for (const { overview } of books) {
    const { cover } = overview.data;
    if (cover === undefined || cover in covers) continue;
    problems.add(
      overview.file,
      overview.spanOf(["cover"]),
      `There is no cover \`${cover}\`.`,
      advise(cover, Object.keys(covers), "covers"),
    );
  }
}
