/**
 * Runs before `npm start` and `npm test`: installs what package-lock.json names, if it is not there yet.
 * Plain JavaScript without imports from node_modules, because it runs on whatever Node the machine has.
 */
import { spawnSync } from "node:child_process";
import { nodeProblem, packagesProblem } from "./installed.mjs";

if (packagesProblem() !== undefined) {
  console.log("Installing what the library is built with (once; about a minute) ...");
  const { status } = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0) {
    console.error("npm could not install it. Is the npm registry reachable? Then run the command again.");
    process.exit(1);
  }
}

// Not the Node that runs this: on Linux x64 the packages that were just installed bring one along.
const problem = nodeProblem(spawnSync("node", ["--version"], { encoding: "utf8" }).stdout?.trim() ?? "v0.0");
if (problem !== undefined) {
  console.error(problem);
  process.exit(1);
}
