/**
 * Runs before `npm start` and `npm test`: installs what package-lock.json names, if it is not there yet.
 * Plain JavaScript without imports from node_modules, because it runs on whatever Node the machine has.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

const read = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, "utf8")).packages : undefined);

/** npm notes what it has installed in node_modules/.package-lock.json; optional packages of other systems are not there. */
function isInstalled() {
  const installed = read("node_modules/.package-lock.json");
  if (!installed) return false;
  return Object.entries(read("package-lock.json")).every(
    ([path, { version, optional }]) =>
      path === "" || (installed[path] ? installed[path].version === version : optional),
  );
}

if (!isInstalled()) {
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

const [major = 0, minor = 0] = (spawnSync("node", ["--version"], { encoding: "utf8" }).stdout ?? "")
  .slice(1)
  .split(".")
  .map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `This needs Node 22.18 or newer; \`node\` here is ${major}.${minor}. On Linux x64 one is installed with the project; elsewhere take it from https://nodejs.org.`,
  );
  process.exit(1);
}
