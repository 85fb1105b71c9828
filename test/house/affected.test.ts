/** Checks what `npm test -- --changed` runs: also tests that only read, bundle or start what was changed. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { filesUnder, readsOf } from "../affected.ts";
import { trial } from "../own-library.ts";
import { repository } from "../world.ts";

const source = (module: string) => readFileSync(join(repository, module), "utf8");
const chapter = `content/${trial.book}/${trial.slug}.md`;
const affects = (changed: string, module: string) =>
  readsOf(module, source(module)).some((path) => changed === path || changed.startsWith(`${path}/`));

test.each([
  ["a style sheet, a world", "src/ui/styles/tokens.css", "test/world-release.ts", true],
  ["the Worker, a world", "src/app.ts", "test/world-release.ts", true],
  ["a figure, the compiler", "src/figures/drawing.ts", "src/publish/assets/kit.ts", true],
  ["a migration, a world", "migrations/0001_newsletter.sql", "test/world.ts", true],
  ["a migration, the town in memory", "migrations/0001_newsletter.sql", "test/fakes/d1.ts", true],
  ["a command, its rehearsal", "src/cli/commands/doctor.ts", "test/rehearsal/project.ts", true],
  ["the configuration, a rehearsal", "wrangler.toml", "test/rehearsal/project.ts", true],
  ["a chapter, a world of the library's own books", chapter, "test/journeys/reading.test.ts", true],
  ["a chapter, a world of tea", chapter, "test/world-release.ts", false],
  ["a command, a world", "src/cli/commands/doctor.ts", "test/world-release.ts", false],
  ["a command, the compiler", "src/cli/commands/doctor.ts", "src/publish/assets/kit.ts", false],
  ["a chapter, the town in memory", chapter, "test/fakes/d1.ts", false],
] as const)("%s", (_, changed, module, isAffected) => {
  expect(existsSync(join(repository, changed)), changed).toBe(true);
  expect(affects(changed, module)).toBe(isAffected);
});

test("every module that finds files by itself depends on some, and all of them exist", () => {
  const modules = ["src", "test"]
    .flatMap(filesUnder)
    .filter((path) => /\.(ts|tsx)$/.test(path) && !path.startsWith("test/bench/"));
  const readers = modules.filter((module) => /import\.meta\.dirname/.test(source(module)));
  expect(readers.length).toBeGreaterThan(12);
  for (const module of readers) {
    const paths = readsOf(module, source(module));
    expect([module, paths.length > 0]).toEqual([module, true]);
    expect([module, paths.filter((path) => !existsSync(join(repository, path)))]).toEqual([module, []]);
  }
});
