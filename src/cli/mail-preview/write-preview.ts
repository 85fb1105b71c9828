/** Writes an email as files, to open, share, or test with another service. */
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { deletingOnFailure, writeWhole } from "../../publish/write-whole.ts";
import type { ChapterPreview } from "./chapter-preview.ts";

/** Writes index.html, mail.txt and pictures/. Returns the number of files. */
export function writePreview(folder: string, preview: ChapterPreview): number {
  // An existing folder may contain the author's files, so it is not deleted on failure.
  return existsSync(folder)
    ? writeFiles(folder, preview)
    : deletingOnFailure(folder, () => writeFiles(folder, preview));
}

function writeFiles(folder: string, { message, pictures }: ChapterPreview): number {
  mkdirSync(join(folder, "pictures"), { recursive: true });
  const addresses = [...pictures.keys()];
  const html = message.html.replace(/(?<=<img src=")[^"]*(?=")/g, (source) => {
    const index = addresses.indexOf(source);
    return index === -1 ? source : `pictures/${index}.png`;
  });
  writeWhole(join(folder, "index.html"), html);
  writeWhole(join(folder, "mail.txt"), message.text);
  for (const [index, picture] of [...pictures.values()].entries()) {
    writeWhole(join(folder, "pictures", `${index}.png`), picture);
  }
  return pictures.size + 2;
}
