/**
 * Checks the outputs of a release: every one on the list is stored, named by the manifest and found by `objectFiles`,
 * or the build fails.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Manifest, objectFiles } from "../../src/library/manifest.ts";
import { LibraryCompiler } from "../../src/publish/compile-library.ts";
import { createFolderStore, sha256 } from "../../src/publish/object-store.ts";
import { allOutputs } from "../../src/publish/outputs/all-outputs.ts";
import { type BuiltOutput, jsonObject, type Output, type OutputObject } from "../../src/publish/outputs/output.ts";
import { writeRelease } from "../../src/publish/release.ts";
import { repository } from "../world.ts";
import { copyOf, manifestOf } from "./release-folder.ts";

async function writeWith(outputs: readonly Output[]): Promise<{ home: string; manifest: Manifest }> {
  const home = copyOf();
  const store = createFolderStore(join(home, ".release/objects"));
  await writeRelease(home, new LibraryCompiler(home, store, { outputs }));
  return { home, manifest: manifestOf(home) };
}

/** Adds an output to the list; `instead`: the name of one that it replaces. */
const added = (build: Output["build"], instead?: string): readonly Output[] => [
  ...allOutputs.filter(({ name }) => name !== instead),
  { name: "added", build },
];

const page = jsonObject({ kind: "front", about: "<p>The kettle is on.</p>", covers: {} });

test("every output of the folder is on the list", () => {
  const parts = ["output.ts", "all-outputs.ts", "build-outputs.ts", "entries-by-owner.ts", "book-by-book.ts"];
  const files = readdirSync(join(repository, "src/publish/outputs")).filter((name) => !parts.includes(name));
  const list = readFileSync(join(repository, "src/publish/outputs/all-outputs.ts"), "utf8");
  for (const name of files) expect(list).toContain(`from "./${name}"`);
  expect(allOutputs).toHaveLength(files.length);
});

describe("an output that is added to the list", () => {
  test("is stored and found by rollback, backup and sweep, for the library and for a book", async () => {
    const all = jsonObject({ kind: "feed", entries: [{ path: "/tea", html: "<p>All tea.</p>" }] });
    const leaves = jsonObject({ kind: "feed", entries: [{ path: "/tea/leaves", html: "<p>Leaves.</p>" }] });
    const { home, manifest } = await writeWith(
      added(
        ({ books }) => ({
          objects: [all, leaves],
          entries: {
            library: { feed: all.hash },
            books: new Map(books.map(({ slug }) => [slug, { feed: leaves.hash }])),
          },
        }),
        "feeds",
      ),
    );
    for (const { hash, bytes } of [all, leaves]) {
      expect(objectFiles(manifest)).toContain(`${hash}.json`);
      expect(readFileSync(join(home, `.release/objects/${hash}.json`), "utf8")).toBe(bytes());
    }
    expect(manifest.feed).toBe(all.hash);
    expect(manifest.books.map(({ feed }) => feed)).toEqual([leaves.hash]);
  });

  test("may take its time", async () => {
    const { manifest } = await writeWith(
      added(async () => ({ objects: [page], entries: { library: { front: page.hash } } }), "front page"),
    );
    expect(objectFiles(manifest)).toContain(`${page.hash}.json`);
  });
});

describe("the build fails", () => {
  const image: OutputObject = { hash: sha256("image"), size: 5, bytes: () => "image", extension: "png" };
  const builds: readonly (readonly [string, BuiltOutput, string])[] = [
    [
      "when no entry of the manifest names an object",
      { objects: [page], entries: {} },
      `The output "added" makes ${page.hash}.json, but no entry of the manifest names that object.`,
    ],
    [
      "when the entry is not one that `objectFiles` knows",
      { objects: [page], entries: { library: { cover: page.hash } as object } },
      `The output "added" makes ${page.hash}.json, but no entry of the manifest names that object.`,
    ],
    [
      "when the file has another extension than the entry",
      { objects: [image], entries: { library: { front: image.hash } } },
      `The output "added" makes ${image.hash}.png, but no entry of the manifest names that object.`,
    ],
    [
      "when an entry names an object that is not there",
      { objects: [], entries: { library: { front: page.hash } } },
      `The output "added" names ${page.hash} in the entry "front", but does not make that object.`,
    ],
    [
      "when an entry is for a book that is not there",
      { objects: [page], entries: { books: new Map([["coffee", { feed: page.hash }]]) } },
      `The output "added" makes an entry for "coffee", which is not a book.`,
    ],
  ];
  test.each(builds)("%s", async (_, built, message) => {
    const instead = "front" in (built.entries.library ?? {}) ? "front page" : undefined;
    await expect(writeWith(added(() => built, instead))).rejects.toThrow(new Error(message));
  });

  test("when no output makes an entry", async () => {
    await expect(writeWith([])).rejects.toThrow(new Error('No output makes the entry "feed" of tea.'));
    const onlyFeeds = allOutputs.filter(({ name }) => name === "feeds");
    await expect(writeWith(onlyFeeds)).rejects.toThrow(new Error('No output makes the entry "front" of the library.'));
  });

  test("when two outputs make the same entry", async () => {
    const again = added(() => ({ objects: [page], entries: { library: { front: page.hash } } }));
    await expect(writeWith(again)).rejects.toThrow(
      new Error('The output "added" makes the entry "front" of the library again.'),
    );
  });
});

test("every hash in a manifest is that of an object which `objectFiles` finds", async () => {
  const { home, manifest } = await writeWith(allOutputs);
  const { assets: _, ...content } = manifest;
  const hashes = [...JSON.stringify(content).matchAll(/"([0-9a-f]{64})"/g)].map(([, hash]) => hash);
  const found = [...objectFiles(manifest)];
  expect(hashes.length).toBeGreaterThan(12);
  expect(new Set(found.map((name) => name.replace(/\..*$/, "")))).toEqual(new Set(hashes));
  expect(found.sort()).toEqual(readdirSync(join(home, ".release/objects")).sort());
});
