/**
 * `npm start`: serves the library on this machine, with local KV, D1 and an email inbox. Compiles content/ and watches
 * it, runs the Worker through wrangler, reloads open pages after a change, shows mistakes over them, and triggers the
 * cron handler every minute.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { stripVTControlCharacters } from "node:util";
import { watch } from "chokidar";
import { LibraryCompiler } from "../../publish/compile-library.ts";
import { releaseCode } from "../../publish/compiler-code.ts";
import { createFolderStore } from "../../publish/object-store.ts";
import { type ReleaseResult, writeRelease } from "../../publish/release.ts";
import { prepareMails } from "../../publish/renderers/compile-mail.ts";
import { count } from "../../publish/source/problem.ts";
import { href } from "../../routes.ts";
import { diskProblem } from "../disk-problem.ts";
import { openProblemServer } from "../problem-server.ts";
import { createProgressLine } from "../progress.ts";
import { duration, showProblems } from "../terminal.ts";
import { devArguments } from "../wrangler/dev-arguments.ts";
import { startWrangler } from "../wrangler/run-wrangler.ts";
import { readStartOptions } from "./start-options.ts";

const root = process.cwd();
const options = await readStartOptions(process.argv.slice(2));
if (options === undefined) process.exit();
const { port } = options;
const origin = `http://localhost:${port}`;
process.on("uncaughtException", (error) => {
  console.error(diskProblem(error) ?? error);
  process.exit(1);
});
const problemServer = await openProblemServer();
const compiler = new LibraryCompiler(root, createFolderStore(`${root}/.release/objects`), { usesDisk: true });

if (!(await isFree(port))) {
  console.error(
    `Port ${port} is in use, perhaps by another running library. Stop it, or use another port: PORT=8788 npm start`,
  );
  process.exit(1);
}

const first = await compile();
if (first.kind === "refused") {
  console.error("The library cannot start with these errors. Fix them and save: it retries automatically.");
  await mended();
}
await applyMigrations();
startWorker();
watchContent();
await prepareMails();

async function compile(): Promise<ReleaseResult> {
  const started = performance.now();
  const progress = createProgressLine("Compiling page");
  const result = await writeRelease(root, compiler, progress.update);
  progress.end();
  problemServer.show(result.kind === "refused" ? result.problems : []);
  if (result.kind === "refused") {
    console.error(`\n${showProblems(result.problems)}\n`);
    return result;
  }
  if (result.warnings.length > 0) console.error(`\n${showProblems(result.warnings)}\n`);
  if (result.changed || result.compiled > 0) {
    console.log(
      `Compiled ${count(result.compiled, "page")} of ${result.texts} in ${duration(performance.now() - started)}.`,
    );
  }
  return result;
}

/**
 * Compiles after a change. Whatever goes wrong is printed, and the next change tries again. A file deleted while it was
 * being read is missing only once.
 */
async function compileAgain(isSecond = false): Promise<ReleaseResult | undefined> {
  try {
    return await compile();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT" && !isSecond) return compileAgain(true);
    console.error(diskProblem(error) ?? error);
    return undefined;
  }
}

/** Waits until content/ compiles. */
function mended(): Promise<void> {
  return new Promise((resolve) => {
    const watcher = watch("content", { ignoreInitial: true });
    watcher.on("all", async () => {
      if ((await compileAgain())?.kind !== "compiled") return;
      await watcher.close();
      resolve();
    });
  });
}

function watchContent(): void {
  watch("content", { ignoreInitial: true, awaitWriteFinish: { stabilityThreshold: 40, pollInterval: 10 } }).on(
    "all",
    oneAtATime(async () => void (await compileAgain())),
  );
  // Figures and the compiler are loaded into this process, so their changes need a new one.
  watch([...releaseCode, "src/cli"], { ignoreInitial: true }).on("all", oneAtATime(rebuild));
}

/** Runs `work` once more for any calls made while it runs: a checkout changes a hundred files at once. */
function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let running = false;
  let again = false;
  return async () => {
    again = true;
    if (running) return;
    running = true;
    while (again) {
      again = false;
      await work();
    }
    running = false;
  };
}

async function rebuild(): Promise<void> {
  const build = spawn("node", ["src/cli/commands/build.ts"], { stdio: "inherit" });
  const code = await new Promise((resolve) => build.on("exit", resolve));
  if (code === 0) console.log("Rebuilt. Restart `npm start` after changing files outside content/.");
}

async function applyMigrations(): Promise<void> {
  const child = wrangler(["d1", "migrations", "apply", "DB", "--local"]);
  const output: string[] = [];
  child.stdout?.on("data", (data) => output.push(String(data)));
  child.stderr?.on("data", (data) => output.push(String(data)));
  const code = await new Promise((resolve) => child.on("exit", resolve));
  if (code === 0) return;
  console.error(
    `${output.join("")}\nThe local database could not be migrated. If it holds only test data, delete .wrangler/state and start again.`,
  );
  process.exit(1);
}

function startWorker(): ChildProcess {
  const child = wrangler(devArguments(root, port, origin, problemServer.url));
  let isOpen = false;
  const tell = (line: string) => {
    if (!isOpen && /Ready on/.test(line)) {
      isOpen = true;
      console.log(
        `\n  Library:              ${origin}\n  Author desk:          ${origin}${href.desk()}\n  Local email inbox:    ${origin}${href.inbox()}\n`,
      );
      void runCron();
      setInterval(runCron, 60_000);
    } else if (isWorthSaying(line)) console.log(line);
  };
  for (const stream of [child.stdout, child.stderr]) if (stream) createInterface({ input: stream }).on("line", tell);
  child.on("exit", (code) => process.exit(code ?? 0));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
  // However this process ends: wrangler alone would keep the port, and serve a library that is no longer compiled.
  process.on("exit", () => child.kill());
  return child;
}

/** Wrangler does not run cron triggers locally, but has a URL that runs the handler. */
async function runCron(): Promise<void> {
  try {
    await fetch(`http://127.0.0.1:${port}/cdn-cgi/handler/scheduled?cron=${encodeURIComponent("*/5 * * * *")}`);
  } catch {
    // The Worker is reloading; the next run is in a minute.
  }
}

/** Errors and the Worker's logs, but not wrangler's banner, binding tables and reload messages. */
function isWorthSaying(line: string): boolean {
  const text = stripVTControlCharacters(line).trim();
  if (text === "") return false;
  return /✘|error|Error|exception|^at |could not/.test(text) && !/Request\.cf|cf\.json/.test(text);
}

function wrangler(args: readonly string[]): ChildProcess {
  return startWrangler(args, { LIBRARY_COMPILED_BY_START: "1", CI: "1" });
}

function isFree(wanted: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(wanted, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}
