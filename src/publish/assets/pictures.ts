/** Reads the image files of a text, which are in the same folder, and reports those that cannot be shown. */
import { readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { createCache } from "../cache/memory-cache.ts";
import { sha256 } from "../object-store.ts";
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

/** By path, size and time of change. */
const hashes = createCache<string>();

/** Cache key: the hash of the file; undefined if the text's folder has no such file. */
export function pictureKey(root: string, textPath: string, name: string): string | undefined {
  if (!hasPicture(root, textPath, name)) return undefined;
  const path = pathOf(root, textPath, name);
  const { size, mtimeMs } = statSync(path);
  return hashes(`${path} ${size} ${mtimeMs}`, () => sha256(readFileSync(path)));
}
