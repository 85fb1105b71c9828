/** Lists the code that a release is compiled with: the cache of emails hashes it, and `npm start` watches it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

const source = join(import.meta.dirname, "..");

/** Names the versions of all packages. */
export const packageFile = join(source, "../package.json");

/** For results that depend on a package alone, not on our code. */
export const packageVersionsKey = (): string => readFileSync(packageFile, "utf8");

/** Folders and files that an email is compiled with. */
export const emailCode: readonly string[] = ["publish", "figures", "library", "ui/styles", "ui/words", "routes.ts"].map(
  (name) => join(source, name),
);

/** Folders and files that a release is compiled with. */
export const releaseCode: readonly string[] = [...emailCode, join(source, "ui/browser")];
