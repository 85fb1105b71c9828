/**
 * Runs `npm start` and `npm test` as `ensure-installed.mjs FILE …`, installing missing packages of package-lock.json
 * first, except for `--help`, which changes nothing. Not a `pre` script, because npm does not pass such a script the
 * arguments after `--`. Plain JavaScript without imports from node_modules, because it must run on any Node version.
 */
import { spawn, spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { nodeProblem, packagesProblem } from "./installed.mjs";

const [, , file = "", ...written] = process.argv;
const isMissing = packagesProblem();
if (isMissing !== undefined && (written.includes("--help") || written.includes("-h"))) {
  console.error(isMissing);
  process.exit(1);
}
if (isMissing !== undefined) {
  console.log("Installing dependencies (first run only; about a minute) ...");
  const { status } = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0) {
    console.error(
      "npm could not install the dependencies. Check that the npm registry is reachable, then run the command again.",
    );
    process.exit(1);
  }
}

// Not necessarily this Node: on Linux x64, the packages just installed include one.
const problem = nodeProblem(spawnSync("node", ["--version"], { encoding: "utf8" }).stdout?.trim() ?? "v0.0");
if (problem !== undefined) {
  console.error(problem);
  process.exit(1);
}

if (nodeProblem(process.version) === undefined) {
  await import("./module-loading.mjs");
  // The command finds its arguments as if it had been started directly.
  process.argv.splice(1, 2, resolve(file));
  await import(pathToFileURL(process.argv[1]).href);
} else {
  const child = spawn("node", [file, ...written], { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code) => process.exit(code ?? 1));
}
