/** Configures all tests: they run in Node; the Worker itself runs in workerd, through test/world.ts. */
import { existsSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { readsWithoutImport } from "./affected.ts";

/** The slowest folders run first, so that no worker waits for another one's long file at the end. */
const longestFirst = ["rehearsal", "publish", "newsletter", "house", "journeys", "cli", "desk"];
const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
  // Clients other than Chromium are not on every machine: `npm run test:clients`.
  .filter((entry) => entry.isDirectory() && !["books", "clients"].includes(entry.name))
  .map(({ name }) => name);

/** Tests of a book import modules from its folder in content/, which is missing if the library was replaced. */
const filesOf = (folder: string): string[] =>
  folder === "content"
    ? readdirSync(join(import.meta.dirname, "content"))
        .filter((book) => existsSync(join(import.meta.dirname, "../content", book)))
        .map((book) => `test/content/${book}/**/*.test.ts`)
    : [`test/${folder}/**/*.test.ts`];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const order = ({ project }: TestSpecification) => (longestFirst.indexOf(project.name) + 99) % 99;
    return (await super.sort(files)).sort((a, b) => order(a) - order(b));
  }
}

const isChanged = process.argv.some((argument) => argument.startsWith("--changed"));

export default defineConfig({
  plugins: isChanged ? [readsWithoutImport] : [],
  test: {
    root: join(import.meta.dirname, ".."),
    // Two cores: any laptop has them.
    maxWorkers: 2,
    execArgv: [`--import=${pathToFileURL(join(import.meta.dirname, "../src/cli/commands/module-loading.mjs"))}`],
    // Commands that tests start compile their modules once: a third of the CPU of a short one.
    env: { NODE_COMPILE_CACHE: join(tmpdir(), "library-compiled-code") },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    sequence: { sequencer: LongestFirst },
    // A cached module does not include the files that the plugin added.
    fsModuleCache: !isChanged,
    // The files of a folder share a process and its modules: loading them took half the time of short files. Each
    // folder is a project, so the next one starts in a new process with empty memory.
    isolate: false,
    projects: folders
      .map((name) => ({ extends: true as const, test: { name, include: filesOf(name) } }))
      .filter(({ test: { include } }) => include.length > 0),
  },
});
