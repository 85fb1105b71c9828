/** Draws the cover of each book: with its `cover.ts`, or as a rosette derived from its slug. */
import { drawRosette } from "../../figures/rosette.ts";
import type { ProblemList } from "../source/problem.ts";
import { type ContentModule, reasonOf } from "./content-modules.ts";

/** SVG by slug of the book. The rosette makes books without a drawing distinguishable. */
export const readCovers = (
  books: readonly string[],
  modules: readonly ContentModule[],
  problems: ProblemList,
): ReadonlyMap<string, string> =>
  new Map(
    books.map((slug) => {
      const module = modules.find(({ path }) => path === coverPath(slug));
      return [slug, module ? drawCover(module, problems) : drawRosette(slug)];
    }),
  );

export const coverPath = (slug: string): string => `content/${slug}/cover.ts`;

/** Empty, with a problem, if the module exports no valid cover. */
function drawCover({ path, exports }: ContentModule, problems: ProblemList): string {
  if (exports === undefined) return "";
  const { cover } = exports;
  try {
    const drawing = typeof cover === "function" ? String(cover()) : "";
    if (drawing.startsWith("<svg ")) return drawing;
    problems.addForFile(
      path,
      "This file exports no cover.",
      "Export `cover`, a function that returns an `<svg>` of 300 × 420 units, or delete the file: then the cover is a rosette.",
    );
  } catch (error) {
    problems.addForFile(
      path,
      `This cover throws an error when it is drawn: ${reasonOf(error)}`,
      "Correct it, or delete the file: then the cover is a rosette.",
    );
  }
  return "";
}
