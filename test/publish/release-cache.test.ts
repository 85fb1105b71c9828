/** Checks the cached release: it is restored byte for byte, and only if nothing that it was compiled from has changed. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { buildRelease } from "../../src/publish/build-release.ts";
import { releaseCode } from "../../src/publish/compiler-code.ts";
import { repository } from "../world.ts";
import { coldCache, compilerFor, copyOf, dot, edit, filesOf } from "./release-folder.ts";

let cache = "";
beforeEach(() => {
  cache = coldCache();
  vi.stubEnv("LIBRARY_CACHE", cache);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** Builds, and says whether the compiler was needed. */
async function built(home: string): Promise<{ isCompiled: boolean; changed: boolean; texts: number }> {
  let isCompiled = false;
  const open = async () => {
    isCompiled = true;
    return compilerFor(home);
  };
  const result = await buildRelease(home, open, () => undefined);
  if (result.kind === "refused") throw new Error(JSON.stringify(result.problems));
  return { isCompiled, changed: result.changed, texts: result.texts };
}

const compiled = { isCompiled: true, changed: true, texts: 6 };
const unchanged = { isCompiled: false, changed: false, texts: 6 };
const restored = { isCompiled: false, changed: true, texts: 6 };

describe("an unchanged library is not compiled", () => {
  test("again in its folder, nor in another one: the release is the same, byte for byte", async () => {
    const home = copyOf();
    expect(await built(home)).toEqual(compiled);
    const files = filesOf(home);
    expect(await built(home)).toEqual(unchanged);
    expect(filesOf(home)).toEqual(files);
    const other = copyOf();
    expect(await built(other)).toEqual(restored);
    expect(filesOf(other)).toEqual(files);
  });

  test("and what is missing, cut off or left over in .release/ is put right", async () => {
    const home = copyOf();
    await built(home);
    const files = filesOf(home);
    const release = join(home, ".release");
    for (const [index, name] of Object.keys(files).entries()) {
      if (index % 2 === 0) rmSync(join(release, name));
      else writeFileSync(join(release, name), readFileSync(join(release, name)).subarray(0, 20));
    }
    writeFileSync(join(release, "objects/left-over.json"), "{}");
    writeFileSync(join(release, "deployed-texts.json"), "{}");
    expect((await built(home)).isCompiled).toBe(false);
    const { "deployed-texts.json": deployed, ...others } = filesOf(home);
    expect(others).toEqual(files);
    expect(deployed).toBeDefined();
  });
});

describe("a library is compiled", () => {
  test.each<[string, (home: string) => void]>([
    ["a text", (home) => edit(home, "content/tea/leaves.md", (text) => text.replace("All tea", "Every tea"))],
    ["a model", (home) => edit(home, "content/tea/models/newton.ts", (text) => `${text}// Cooler.\n`)],
    ["an image beside a text", (home) => writeFileSync(join(home, "content/tea/leaf.png"), dot(1))],
    ["a file of macros", (home) => writeFileSync(join(home, "content/macros.yaml"), "\\pot: '\\mathrm{pot}'\n")],
    ["the settings of TypeScript", (home) => writeFileSync(join(home, "tsconfig.json"), "{}")],
  ])("after a change of %s", async (_, change) => {
    const home = copyOf();
    await built(home);
    change(home);
    expect((await built(home)).isCompiled).toBe(true);
    expect((await built(home)).isCompiled).toBe(false);
  });

  test("after a change of code that a module imports from outside of content/", async () => {
    const home = copyOf();
    mkdirSync(join(home, "measurements"));
    const rate = (value: number) =>
      writeFileSync(join(home, "measurements/rate.ts"), `export const rate = ${value};\n`);
    rate(1);
    writeFileSync(
      join(home, "content/tea/numbers/gongfu.ts"),
      'export { rate } from "../../../measurements/rate.ts";\n',
    );
    edit(home, "content/tea/gongfu.md", (text) => `${text}\nIt is {{rate}}.\n`);
    await built(home);
    const before = filesOf(home);
    expect(await built(home)).toEqual(unchanged);
    rate(2);
    expect(await built(home)).toEqual(compiled);
    expect(filesOf(home)).not.toEqual(before);
  });

  test("if the cache is damaged: the release is the same, and the cache is mended", async () => {
    const home = copyOf();
    await built(home);
    const files = filesOf(home);
    for (const name of readdirSync(cache)) {
      const path = join(cache, name);
      const bytes = readFileSync(path);
      const at = bytes.length - 5;
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      writeFileSync(path, bytes);
    }
    const other = copyOf();
    expect(await built(other)).toEqual(compiled);
    expect(filesOf(other)).toEqual(files);
    expect(await built(copyOf())).toEqual(restored);
  });
});

test("the key of the cache covers all code that releases are compiled with", async () => {
  const { metafile } = await build({
    entryPoints: [join(repository, "src/publish/release.ts"), join(repository, "src/publish/compile-library.ts")],
    absWorkingDir: repository,
    bundle: true,
    write: false,
    metafile: true,
    platform: "node",
    format: "esm",
    packages: "external",
    outdir: "/",
  });
  const files = Object.keys(metafile.inputs).map((path) => join(repository, path));
  expect(files.length).toBeGreaterThan(150);
  expect(files.filter((file) => !releaseCode.some((code) => file === code || file.startsWith(`${code}/`)))).toEqual([]);
});
