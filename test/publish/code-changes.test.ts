/** Checks that nothing stays cached under the key of code that was edited while it was made. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { repository } from "../world.ts";
import { coldCache, copyOf } from "./release-folder.ts";

let project = "";
let cache = "";
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "edited-code-"));
  for (const name of ["src", "package.json", "tsconfig.json"])
    cpSync(join(repository, name), join(project, name), { recursive: true });
  symlinkSync(join(repository, "node_modules"), join(project, "node_modules"));
  cache = coldCache();
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

/**
 * Runs a script in the copy of the project. It calls `edit()` to append `addition` to `file`, which is as before
 * afterwards; without `addition`, nothing is edited. Returns what it prints, from JSON.
 */
function run(script: string, file: string, addition = ""): unknown {
  const path = join(project, file);
  const before = readFileSync(path);
  const edit = `const edit = () => appendFileSync(${JSON.stringify(path)}, ${JSON.stringify(addition)});`;
  writeFileSync(
    join(project, "script.mjs"),
    `import { appendFileSync } from "node:fs";\n${addition === "" ? "const edit = () => undefined;" : edit}\n${script}`,
  );
  const env = { ...process.env, LIBRARY_CACHE: cache };
  const printed = execFileSync(process.execPath, ["script.mjs"], { cwd: project, env, encoding: "utf8" });
  if (addition !== "") writeFileSync(path, before);
  return JSON.parse(printed);
}

test("a stylesheet that is edited while it is bundled is not cached as what it was before", () => {
  const bundle = `
    const { buildAssets } = await import("./src/publish/assets/build-assets.ts");
    const building = buildAssets(new Map(), new Set(), []);
    edit();
    const { files, names } = await building;
    console.log(JSON.stringify(Buffer.from(files.get(names.pagesStyle)).toString()));`;
  const rule = ".edited-meanwhile{order:7}";
  const styles = () => run(bundle, "src/ui/styles/shelf.css");
  expect(run(bundle, "src/ui/styles/shelf.css", rule)).toContain("edited-meanwhile");
  expect(styles()).not.toContain("edited-meanwhile");
});

test("neither texts nor the release are cached if code was edited while they were compiled", () => {
  const home = copyOf();
  const build = `
    const { buildRelease } = await import("./src/publish/build-release.ts");
    const home = ${JSON.stringify(home)};
    const result = await buildRelease(home, async () => {
      edit();
      const { LibraryCompiler } = await import("./src/publish/compile-library.ts");
      const { createFolderStore } = await import("./src/publish/object-store.ts");
      return new LibraryCompiler(home, createFolderStore(home + "/.release/objects"), { usesDisk: true });
    }, () => undefined);
    console.log(JSON.stringify(result.compiled));`;
  const compiled = (addition?: string) => run(build, "src/publish/renderers/mail.css", addition);
  expect([compiled("p { order: 7 }"), compiled(), compiled()]).toEqual([6, 6, 0]);
});
