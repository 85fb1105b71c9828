/** Reads the image files of a text, which are in the same folder, and reports those that cannot be shown. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ProblemList } from "../source/problem.ts";
import type { SourceFile, Span } from "../source/source-file.ts";
import { type Inspection, inspectPicture, type Picture } from "./inspect-picture.ts";

/** Whether the text's folder has a file of that name. */
export const hasPicture = (root: string, textPath: string, name: string): boolean =>
  !name.includes("/") && statSync(pathOf(root, textPath, name), { throwIfNoEntry: false })?.isFile() === true;

const pathOf = (root: string, textPath: string, name: string): string => join(root, dirname(textPath), name);

/** Decodes one image file, which must exist; `span` is where the file names it. */
export async function readPicture(
  root: string,
  file: SourceFile,
  { name, span }: { readonly name: string; readonly span: Span },
  problems: ProblemList,
): Promise<Picture | undefined> {
  const inspection = await inspectPicture(readFileSync(pathOf(root, file.path, name)));
  if (inspection.kind === "picture") return inspection;
  const { message, fix } = reasonOf(name, inspection);
  problems.add(file, span, message, fix);
  return undefined;
}

function reasonOf(href: string, inspection: Exclude<Inspection, { kind: "picture" }>) {
  if (inspection.kind === "damaged") {
    return {
      message: `The image \`${href}\` is damaged or incomplete.`,
      fix: "If it is still being copied, wait; otherwise copy or export it again.",
    };
  }
  const { format } = inspection;
  return {
    message: `The file \`${href}\` is ${format === undefined ? "not an image" : `in the format ${format}`}, whatever its name says.`,
    fix:
      format === "SVG"
        ? "Export it as PNG, or draw it as a figure: `figure:name`."
        : "Save it as PNG, JPEG, WebP, AVIF or GIF; renaming it does not convert it.",
  };
}

/** Formats that a text may show, or that an author may take for one of them. */
const imageNames = /^[^.].*\.(png|jpe?g|jfif|webp|avif|gif|bmp|svg|tiff?|heic|heif|jxl|ico|pdf)$/i;

/** Cache key: changes when an image in the text's folder is added, removed or modified. */
export function picturesKey(root: string, textPath: string): string {
  const folder = join(root, dirname(textPath));
  // While `npm start` runs, a book may be deleted after its texts were read.
  return (statSync(folder, { throwIfNoEntry: false }) ? readdirSync(folder) : [])
    .filter((name) => imageNames.test(name))
    .map((name) => {
      const found = statSync(join(folder, name), { throwIfNoEntry: false });
      return `${name}:${found?.size}:${found?.mtimeMs}`;
    })
    .join("|");
}
