/** Builds the real library, with the content of the older version, in the working copy of each. */
import { cpSync } from "node:fs";
import { join } from "node:path";
import type { BesideOrder } from "./order.ts";
import { runBuild } from "./run-build.ts";
import { replaceContent } from "./working-copy.ts";

export const chapterPath = "/transformers/self-attention";

/** Returns why the older version could not be built; a failure of this one is thrown. */
export async function buildOwnLibrary({
  copies,
  checkout,
}: Pick<BesideOrder, "copies" | "checkout">): Promise<string | undefined> {
  for (const copy of [copies.after, copies.before]) {
    replaceContent(copy, (root) => cpSync(join(checkout.root, "content"), join(root, "content"), { recursive: true }));
  }
  await runBuild(copies.after);
  try {
    await runBuild(copies.before);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
