/** Opens the samovar library with interface wording marked in both the compiler and the Worker. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { en } from "../../../src/ui/words/en.ts";
import { cachedFolder, hashOf } from "../../build-cache.ts";
import { bookFolder, openWorld, repository, type World } from "../../world.ts";
import { bundleFor, cache, codeHash, compile, openRelease } from "../../world-release.ts";
import { markWords } from "./marked-words.ts";

/** Its content is in Russian, so every Latin letter on a page belongs to the interface. */
const folder = bookFolder("samovar");

export async function openMarkedWorld(options: Parameters<typeof openWorld>[1]): Promise<World> {
  const key = `${codeHash()}-${hashOf(folder, ["content"])}-${hashOf(repository, ["test/house/wording"])}`;
  const home = await cachedFolder(cache, `marked-${key}`, async (empty) => {
    const restore = markWords(en);
    try {
      await compile(folder, empty);
    } finally {
      restore();
    }
    writeFileSync(join(empty, "worker.js"), await bundleFor(join(import.meta.dirname, "marked-worker.ts")));
  });
  return openWorld(folder, { ...options, release: openRelease(home, join(home, "worker.js")) });
}
