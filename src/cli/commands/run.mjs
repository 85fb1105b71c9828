/**
 * Runs a script of package.json as `run.mjs FILE …`, if the required packages and Node version are installed; otherwise
 * prints one sentence. Without a file it only checks. Plain JavaScript, because an old Node cannot read TypeScript.
 */
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { nodeProblem, packagesProblem } from "./installed.mjs";

const problem = packagesProblem() ?? nodeProblem(process.version);
const [, , file] = process.argv;
if (problem !== undefined) {
  console.error(problem);
  process.exitCode = 1;
} else if (file !== undefined) {
  await import("./module-loading.mjs");
  // The command finds its arguments as if it had been started directly.
  process.argv.splice(1, 2, resolve(file));
  await import(pathToFileURL(process.argv[1]).href);
}
