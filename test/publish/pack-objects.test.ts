/** Checks the packs of a large library: they contain every object, are as few as they can be, and change with them. */
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { objectFiles } from "../../src/library/manifest.ts";
import { forgetObjects, readObject } from "../../src/library/shelf.ts";
import { buildRelease } from "../../src/publish/build-release.ts";
import { LibraryCompiler } from "../../src/publish/compile-library.ts";
import { createFolderStore } from "../../src/publish/object-store.ts";
import { coldCache, copyOf, edit, manifestOf } from "./release-folder.ts";

beforeEach(() => vi.stubEnv("LIBRARY_CACHE", coldCache()));
afterEach(() => {
  vi.unstubAllEnvs();
  forgetObjects();
});

/** More objects than `most` are packed. */
async function built(home: string, most: number) {
  const store = createFolderStore(join(home, ".release/objects"));
  const result = await buildRelease(
    home,
    async () => new LibraryCompiler(home, store, { usesDisk: true }),
    () => undefined,
    most,
  );
  if (result.kind === "refused") throw new Error(JSON.stringify(result.problems));
  return result;
}

/** What a deploy uploads: not what .assetsignore names. */
function isDeployed(home: string, path: string): boolean {
  const ignored = readFileSync(join(home, ".release/.assetsignore"), "utf8").split("\n");
  return !ignored.includes(path.split("/")[0] ?? "") && existsSync(join(home, ".release", path));
}

/** Reads as a new isolate of the Worker does, from an empty KV and the deployed files. Returns the requests for files. */
function read(home: string, hash: string, extension: string) {
  forgetObjects();
  return readAgain(home, hash, extension);
}

/** As `read`, with what the isolate remembers. */
async function readAgain(home: string, hash: string, extension: string) {
  const requests: string[] = [];
  const stored = new Map<string, Uint8Array>();
  const work: Promise<unknown>[] = [];
  const result = await readObject(
    {
      kv: {
        get: async () => null,
        put: async (key: string, bytes: Uint8Array) => void stored.set(key, bytes),
      } as never,
      assets: {
        fetch: async (url: string) => {
          const path = new URL(url).pathname.slice(1);
          requests.push(path);
          return isDeployed(home, path)
            ? new Response(readFileSync(join(home, ".release", path)))
            : new Response(null, { status: 404 });
        },
      } as never,
      waitUntil: (promise) => void work.push(promise),
    },
    hash,
    extension,
  );
  await Promise.all(work);
  return { result, requests, stored };
}

const packsOf = (home: string) => join(home, ".release/packs");
const timesOf = (home: string) =>
  new Map(readdirSync(packsOf(home)).map((name) => [name, statSync(join(packsOf(home), name)).mtimeMs]));

test("the Worker finds every object of a packed release, and only that object is copied to KV", async () => {
  const home = copyOf();
  await built(home, 3);
  const objects = [...objectFiles(manifestOf(home))];
  expect(objects.length).toBeGreaterThan(15);
  for (const name of objects) {
    const [hash, extension] = nameAndExtension(name);
    const bytes = new Uint8Array(readFileSync(join(home, ".release/objects", name)));
    const { result, requests, stored } = await read(home, hash, extension);
    expect(result).toEqual({ kind: "found", bytes });
    expect(requests).toEqual([`objects/${name}`, `packs/${hash.slice(0, 3)}.bin`]);
    expect([...stored]).toEqual([[`object/${hash}`, bytes]]);
  }
  expect((await read(home, "0".repeat(64), "md")).result).toEqual({ kind: "missing" });
});

test("an isolate that has read from a pack looks for no other object as a file of its own", async () => {
  const home = copyOf();
  await built(home, 3);
  const [first = "", second = ""] = objectFiles(manifestOf(home));
  await read(home, ...nameAndExtension(first));
  const { requests } = await readAgain(home, ...nameAndExtension(second));
  expect(requests).toEqual([`packs/${second.slice(0, 3)}.bin`]);
});

function nameAndExtension(file: string): [hash: string, extension: string] {
  const [hash = "", extension = ""] = file.split(".");
  return [hash, extension];
}

test("a changed text changes only the packs of its objects, whether it is compiled or cached", async () => {
  const home = copyOf();
  await built(home, 3);
  const [objects, before] = [objectFiles(manifestOf(home)), timesOf(home)];
  expect([...before.keys()].sort()).toEqual([...new Set([...objects].map((name) => `${name.slice(0, 3)}.bin`))].sort());

  edit(home, "content/tea/leaves.md", (text) => text.replace("All tea", "Every tea"));
  expect((await built(home, 3)).compiled).toBeGreaterThan(0);
  const [changed, after] = [objectFiles(manifestOf(home)), timesOf(home)];
  const differences = [...objects, ...changed].filter((name) => objects.has(name) !== changed.has(name));
  const different = new Set(differences.map((name) => `${name.slice(0, 3)}.bin`));
  for (const [name, at] of after) expect([name, at === before.get(name)]).toEqual([name, !different.has(name)]);
  expect([...after.keys()].sort()).toEqual([...new Set([...changed].map((name) => `${name.slice(0, 3)}.bin`))].sort());

  const [lost = ""] = after.keys();
  rmSync(join(packsOf(home), lost));
  expect((await built(home, 3)).compiled).toBe(0);
  expect([...timesOf(home).keys()]).toContain(lost);
});

test("a small library has no packs, also if it was large before", async () => {
  const home = copyOf();
  await built(home, 3);
  expect(isDeployed(home, "objects")).toBe(false);
  edit(home, "content/tea/leaves.md", (text) => text.replace("All tea", "Every tea"));
  await built(home, 15_000);
  expect(existsSync(packsOf(home))).toBe(false);
  expect(isDeployed(home, "objects")).toBe(true);
  const [name = ""] = objectFiles(manifestOf(home));
  expect((await read(home, ...nameAndExtension(name))).requests).toEqual([`objects/${name}`]);
});
