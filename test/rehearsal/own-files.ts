/** Lists the files of a copied project, without installed packages, whose caches other tests write at the same time. */
import { readdirSync } from "node:fs";
import { join } from "node:path";

export const ownFiles = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== "node_modules")
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return ownFiles(path);
      return entry.isFile() ? [path] : [];
    });
