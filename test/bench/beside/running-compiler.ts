/**
 * The compiler of one version in a process that keeps running, as in `npm start`: compiles its folder for each message,
 * and answers with the time and the CPU of all threads in milliseconds.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

interface Compiler {
  readonly LibraryCompiler: new (root: string, store: unknown, options?: object) => unknown;
  readonly createFolderStore: (folder: string) => unknown;
  readonly writeRelease: (
    root: string,
    compiler: unknown,
  ) => Promise<{ readonly kind: string; readonly compiled: number }>;
}

const root = process.cwd();
const load = (file: string) =>
  import(pathToFileURL(join(root, "src/publish", file)).href) as Promise<Partial<Compiler>>;
const { LibraryCompiler, createFolderStore, writeRelease } = {
  ...(await load("compile-library.ts")),
  ...(await load("object-store.ts")),
  ...(await load("release.ts")),
} as Compiler;
// As its own `npm start` does: not every version caches chapters on disk.
const usesDisk = readFileSync(join(root, "src/cli/commands/start.ts"), "utf8").includes("usesDisk");
const compiler = new LibraryCompiler(
  root,
  createFolderStore(join(root, ".release/objects")),
  ...(usesDisk ? [{ usesDisk }] : []),
);

process.on("message", async () => {
  const [started, cpu] = [performance.now(), process.cpuUsage()];
  const { kind, compiled } = await writeRelease(root, compiler);
  const { user, system } = process.cpuUsage(cpu);
  process.send?.({
    kind,
    compiled,
    milliseconds: performance.now() - started,
    cpuMilliseconds: (user + system) / 1000,
  });
});
process.send?.("ready");
