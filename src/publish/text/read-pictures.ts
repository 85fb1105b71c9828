/** Decodes the images that a text shows, and reports those that cannot be shown. */
import type { Picture } from "../assets/inspect-picture.ts";
import { hasPicture, readPicture } from "../assets/pictures.ts";
import type { TextAnalysis } from "../markdown/text-analysis.ts";
import type { ProblemList } from "../source/problem.ts";
import type { SourceFile } from "../source/source-file.ts";

/** The images of a text, by file name. */
export type Pictures = ReadonlyMap<string, Picture>;

/** Each one that cannot be shown is a problem at its place in the text. */
export async function readPictures(
  root: string,
  file: SourceFile,
  { figures, positions }: Pick<TextAnalysis, "figures" | "positions">,
  problems: ProblemList,
): Promise<Pictures> {
  const pictures = new Map<string, Picture>();
  for (const { image } of figures.values()) {
    if (!hasPicture(root, file.path, image.href)) continue;
    const span = positions.get(image) ?? { offset: 0, length: 1 };
    const picture = await readPicture(root, file, { name: image.href, span }, problems);
    if (picture) pictures.set(image.href, picture);
  }
  return pictures;
}
