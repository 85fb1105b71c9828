/** Checks the library's own chapters: no errors and no warnings. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { LibraryCompiler } from "../../src/publish/compile-library.ts";
import { discardingStore } from "../../src/publish/object-store.ts";
import { formatProblems } from "../../src/publish/source/problem.ts";
import { modulesOf } from "../library-modules.ts";
import { repository } from "../world.ts";

test("every text compiles without a warning: symbols declared, numbers right, length in bounds", async () => {
  const result = await new LibraryCompiler(repository, discardingStore, { usesDisk: true }).compile();
  const problems = result.kind === "refused" ? result.problems : result.warnings;
  expect(problems.length === 0 ? "" : formatProblems(problems, (text) => text)).toBe("");
});

test("what is computed for a text stands in it", async () => {
  const { numbers } = await modulesOf(repository);
  const idle = [...numbers].flatMap(([path, { file, values }]) => {
    const text = existsSync(join(repository, path)) ? readFileSync(join(repository, path), "utf8") : "";
    return Object.keys(values ?? {})
      .filter((name) => !new RegExp(`\\{\\{${name}\\b`).test(text))
      .map((name) => `${file}: ${name}`);
  });
  expect(idle).toEqual([]);
});
