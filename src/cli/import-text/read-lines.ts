/** Reads a text file to import into lines, each with its place in the original. */
import { readFileSync } from "node:fs";
import { basename, extname } from "node:path";
import { decodeSource } from "../../publish/source/decode-source.ts";
import { CommandError } from "../command-error.ts";
import { readNotebook } from "./notebook.ts";
import type { Line, Original } from "./original.ts";

const textExtensions = [".md", ".qmd", ".markdown", ".rmd"];

export function readOriginal(path: string): Original {
  const extension = extname(path).toLowerCase();
  if (extension !== ".ipynb" && !textExtensions.includes(extension)) {
    throw new CommandError(`\`${basename(path)}\` is not a .qmd, .md or .ipynb file.`);
  }
  const decoded = decodeSource(readFileSync(path));
  if (decoded.encoding !== "UTF-8") {
    throw new CommandError(
      `\`${basename(path)}\` is not UTF-8. Save it as UTF-8: in most editors, under “Save with encoding”.`,
    );
  }
  const text = decoded.text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  if (extension === ".ipynb") return readNotebook(text, basename(path));
  const lines = text.split("\n").map((line, index): Line => ({ text: line, place: String(index + 1) }));
  return { lines, embedded: [], findings: [] };
}
