/** Reads a text file of the author: anything that readers would see garbled is a problem with its position. */
import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { codeOf, forbiddenRuns } from "../../library/forbidden-characters.ts";
import { decodeSource } from "./decode-source.ts";
import type { ProblemList } from "./problem.ts";
import { normaliseLines, SourceFile } from "./source-file.ts";

/** `undefined` if the file cannot be read; the reason is in `problems`, unless the file has just been deleted. */
export function readSource(root: string, path: string, problems: ProblemList): SourceFile | undefined {
  const bytes = readBytes(root, path, problems);
  if (bytes === undefined) return undefined;
  const decoded = decodeSource(bytes);
  const file = new SourceFile(path, decoded.text);
  if (decoded.encoding === "UTF-8") checkCharacters(file, decoded.text, problems);
  else {
    problems.add(
      file,
      { offset: normaliseLines(decoded.text.slice(0, decoded.firstInvalid)).length, length: 1 },
      `This file is ${decoded.encoding === "UTF-16" ? "UTF-16, not UTF-8" : "not UTF-8"}.`,
      "Save it as UTF-8: in most editors, under “Save with encoding”.",
    );
  }
  return file;
}

function readBytes(root: string, path: string, problems: ProblemList): Uint8Array | undefined {
  try {
    return readFileSync(join(root, path));
  } catch (error) {
    const reason = reasonOf(error, join(root, path));
    if (reason === undefined) throw error;
    if (reason !== "deleted") problems.addForFile(path, reason.message, reason.fix);
    return undefined;
  }
}

function reasonOf(error: unknown, path: string): { message: string; fix: string } | "deleted" | undefined {
  switch ((error as NodeJS.ErrnoException).code) {
    case "EISDIR":
      return {
        message: "This is a folder, but its name is that of a text.",
        fix: "Rename it, or move it out of content/.",
      };
    case "EACCES":
    case "EPERM":
      return { message: "This file cannot be read.", fix: "Give your user permission to read it." };
    case "ENOENT":
    case "ELOOP":
      if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return "deleted";
      return { message: "This is a link to a file that does not exist.", fix: "Delete the link, or restore the file." };
    default:
      return undefined;
  }
}

function checkCharacters(file: SourceFile, decoded: string, problems: ProblemList): void {
  // `SourceFile` replaces U+0000, with the same length.
  const text = normaliseLines(decoded);
  for (const run of forbiddenRuns(text)) {
    const span = { offset: run.offset, length: run.text.length };
    const message = `This is a control character, ${codeOf(run.text)}, which readers cannot see.`;
    problems.add(file, span, message, "Delete it; it often comes with text pasted from a PDF.");
  }
  for (const { index, 0: lost } of text.matchAll(/\uFFFD+/g)) {
    problems.add(
      file,
      { offset: index, length: lost.length },
      "A character was lost here when the text was converted: readers see �.",
      "Write the character again.",
      "warning",
    );
  }
}
