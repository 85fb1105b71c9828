/** Enforces the map of src/: which folder imports which, no cycles, and no way around the map. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { repository } from "../world.ts";
import { findCycles } from "./imports/cycles.ts";
import { bundlers, computedImports, mayImport, reachedPaths } from "./imports/map.ts";
import { readImports } from "./imports/read-imports.ts";
import { maySiblings } from "./imports/subfolders.ts";

const source = join(repository, "src");
const files = readdirSync(source, { recursive: true, encoding: "utf8" })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => /\.(ts|tsx|mjs)$/.test(name));
const imports = new Map(files.map((file) => [file, readImports(file, readFileSync(join(source, file), "utf8"))]));

/** On the map: the first folder of the path, except for folders with an entry of their own. */
const folderOf = (path: string): string =>
  Object.keys(mayImport).find((name) => name.includes("/") && path.startsWith(`${name}/`)) ?? path.split("/")[0] ?? "";

/** From file to file within src/; the release and package.json are outside. */
const arrows = [...imports].flatMap(([from, { files: targets }]) =>
  targets.filter((to) => !to.startsWith("..")).map((to) => ({ from, to })),
);
const crossing = arrows.filter(({ from, to }) => folderOf(from) !== folderOf(to));

/** Both as sorted lists, so that missing and unused entries are visible. */
const named = (list: Readonly<Record<string, string>>) => Object.keys(list).sort();

test("the reader of imports finds every form there is, and the paths that a file computes", () => {
  const specimen = `
    import a, { type B } from "../one/a.ts";
    import type { C } from "./c.ts";
    import "../side/effect.ts";
    export { d } from "../again/d.ts";
    export * from "../again/all.ts";
    export type { E } from "../again/e.ts";
    const f = await import("../lazy/f.ts");
    const g: typeof import("../typed/g.ts") = await import(nameOf(a));
    const h = createRequire(import.meta.url)("../old/h.cjs");
    const i = readFileSync(join(import.meta.dirname, "../../ui", "base.css"));
    const j = new URL("../figures/j.ts", import.meta.url);
    import { hono } from "hono"; // import k from "../comment.ts"
  `;
  expect(readImports("here/sub/file.ts", specimen)).toEqual({
    files: [
      "here/one/a.ts",
      "here/sub/c.ts",
      "here/side/effect.ts",
      "here/again/d.ts",
      "here/again/all.ts",
      "here/again/e.ts",
      "here/lazy/f.ts",
      "here/typed/g.ts",
      "here/old/h.cjs",
    ],
    packages: ["hono"],
    computed: ["nameOf(a)"],
    reached: ["here/sub", "ui/base.css", "here/figures/j.ts"],
  });
});

test("every import of a file leads to a file", () => {
  const lost = arrows.filter(({ to }) => !existsSync(join(source, to)));
  expect(lost).toEqual([]);
  expect(arrows.length).toBeGreaterThan(1000);
});

test("every folder is on the map", () => {
  const folders = new Set(files.filter((file) => !file.endsWith(".d.ts")).map(folderOf));
  expect([...folders].sort()).toEqual(Object.keys(mayImport).sort());
});

test("no file imports what its folder may not", () => {
  const trespasses = crossing.filter(({ from, to }) => !mayImport[folderOf(from)]?.includes(folderOf(to)));
  expect(trespasses.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
});

test("every permission of the map is used", () => {
  const used = new Set(crossing.map(({ from, to }) => `${folderOf(from)} -> ${folderOf(to)}`));
  const permissions = Object.entries(mayImport).flatMap(([from, list]) => list.map((to) => `${from} -> ${to}`));
  expect(permissions.filter((permission) => !used.has(permission))).toEqual([]);
});

/** `cli/backup` of a file in a subfolder, `cli/*` of one directly in the folder. */
const subfolderOf = (path: string): string => {
  const [folder = "", name = ""] = path.split("/");
  return path.split("/").length > 2 ? `${folder}/${name}` : `${folder}/*`;
};

test.each(Object.entries(maySiblings))(
  "subfolders of %s import the siblings that the map names, and no others",
  (folder, map) => {
    const found = arrows
      .filter(({ from, to }) => [from, to].every((path) => path.startsWith(`${folder}/`)))
      .map(({ from, to }) => [subfolderOf(from), subfolderOf(to)] as const)
      .filter(([from, to]) => from !== to && !to.endsWith("/*"))
      .map(([from, to]) => `${from} -> ${to}`);
    const permitted = Object.entries(map).flatMap(([from, list]) =>
      list.map((to) => `${folder}/${from} -> ${folder}/${to}`),
    );
    expect([...new Set(found)].sort()).toEqual(permitted.sort());
  },
);

test("every folder whose subfolders import each other is on that map", () => {
  const folders = arrows
    .filter(({ from, to }) => from.split("/").length > 2 && to.split("/").length > 2)
    .filter(({ from, to }) => from.split("/")[0] === to.split("/")[0] && subfolderOf(from) !== subfolderOf(to))
    .map(({ from }) => from.split("/")[0] ?? "");
  expect([...new Set(folders)].sort()).toEqual(Object.keys(maySiblings).sort());
});

test("cycles are found wherever they are", () => {
  const edges = { a: ["b"], b: ["c", "e"], c: ["a", "d"], d: [], e: ["f"], f: ["e"], g: ["a", "f"] };
  expect(findCycles(new Map(Object.entries(edges)))).toEqual([
    ["a", "b", "c"],
    ["e", "f"],
  ]);
});

test("no file imports itself by way of others", () => {
  expect(findCycles(new Map([...imports].map(([file, { files: targets }]) => [file, targets])))).toEqual([]);
});

test("no folder imports itself by way of others, and within a folder no subfolder does", () => {
  // Files directly in a folder may be above its subfolders or below them, so each is counted separately.
  for (const depth of [1, 2, 3]) {
    const partOf = (path: string) => path.split("/").slice(0, depth).join("/");
    const edges = new Map<string, Set<string>>();
    for (const { from, to } of arrows) {
      const [part, target] = [partOf(from), partOf(to)];
      if (part !== target) edges.set(part, (edges.get(part) ?? new Set()).add(target));
    }
    expect(findCycles(edges)).toEqual([]);
  }
});

test("no `import()` computes its argument, but those with a reason", () => {
  const computed = [...imports].flatMap(([file, found]) => found.computed.map((argument) => `${file}: ${argument}`));
  expect(computed.sort()).toEqual(named(computedImports));
});

test("no file reads or bundles another folder's files by their path, but those with a reason", () => {
  const reached = [...imports].flatMap(([file, found]) =>
    found.reached
      .filter((path) => folderOf(path) !== folderOf(file) && existsSync(join(source, path)))
      .map((path) => `${file}: ${path}`),
  );
  expect(reached.sort()).toEqual(named(reachedPaths));
});

test("no file runs a bundler, but those with a reason", () => {
  const isBundler = (name: string) => /^(esbuild|rolldown|rollup|vite|webpack|tsx|jiti)$/.test(name);
  const found = [...imports].filter(([, { packages }]) => packages.some(isBundler)).map(([file]) => file);
  expect(found.sort()).toEqual(named(bundlers));
});

describe("the modules of books", () => {
  const read = (path: string) => readImports(path, readFileSync(join(repository, path), "utf8"));
  const modulesIn = (folder: string) =>
    readdirSync(join(repository, folder), { recursive: true, encoding: "utf8" })
      .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
      .filter((path) => /\.(ts|tsx|mjs)$/.test(path));
  /** `content/tea/`, under any parent folder. */
  const bookOf = (path: string) => /^.*\bcontent\/[^/]+\//.exec(path)?.[0] ?? "";

  test("use the kit and their own book's modules, and nothing else", () => {
    const modules = [...modulesIn("content"), ...modulesIn("test/books")];
    const strange = modules.flatMap((path) => {
      const { files: targets, packages, computed, reached } = read(path);
      const isKit = (name: string) => /^#figures\/[a-z-]+\.ts$/.test(name) && existsSync(join(source, name.slice(1)));
      return [
        ...targets.filter((to) => bookOf(to) !== bookOf(path)),
        ...packages.filter((name) => !isKit(name)),
        ...computed,
        ...reached,
      ].map((name) => `${path}: ${name}`);
    });
    expect(modules.length).toBeGreaterThan(5);
    expect(strange).toEqual([]);
  });

  test("are imported by tests of that book alone: the compiler finds them by their names", () => {
    const others = [...modulesIn("src"), ...modulesIn("test")].filter(
      (path) => !path.startsWith("test/books/") && readFileSync(join(repository, path), "utf8").includes("/content/"),
    );
    const found = others.flatMap((path) =>
      read(path)
        .files.filter(
          (to) =>
            to.startsWith("content/") && path.split("/").slice(0, 3).join("/") !== `test/${bookOf(to).slice(0, -1)}`,
        )
        .map((to) => `${path}: ${to}`),
    );
    expect(found).toEqual([]);
  });
});

test("the Worker's folders use nothing of Node, and the compiler nothing of the Worker's framework; commands write SQL as the Worker does", () => {
  const offenders = [...imports]
    .map(([file, { packages }]) => {
      const ofCompiler = ["publish", "figures"].includes(folderOf(file)) ? /^(hono|drizzle-orm)/ : /^node:/;
      const forbidden = folderOf(file) === "cli" ? /^hono/ : ofCompiler;
      return { file, packages: packages.filter((name) => forbidden.test(name)) };
    })
    .filter(({ packages }) => packages.length > 0);
  expect(offenders).toEqual([]);
});
