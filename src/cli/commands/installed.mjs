/**
 * Checks that the required packages and Node version are installed. Plain JavaScript without imports from node_modules,
 * because it must run on any Node version.
 */
import { existsSync, readFileSync } from "node:fs";

const read = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, "utf8")).packages : undefined);

/**
 * A sentence about missing packages; `undefined` if none are. npm records what it has installed in
 * node_modules/.package-lock.json, without optional packages for other platforms.
 */
export function packagesProblem() {
  const installed = read("node_modules/.package-lock.json");
  if (!installed) return "Run `npm ci` first: this project's packages are not installed.";
  const isSame = Object.entries(read("package-lock.json") ?? {}).every(
    ([path, { version, optional }]) =>
      path === "" || (installed[path] ? installed[path].version === version : optional),
  );
  return isSame ? undefined : "Run `npm ci` first: the installed packages do not match package-lock.json.";
}

/** `version` as Node prints it: `v22.18.0`. */
export function nodeProblem(version) {
  const [major = 0, minor = 0] = version.slice(1).split(".").map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return undefined;
  return `This project needs Node 22.18 or newer, but \`node\` is ${major}.${minor}: install a newer version from https://nodejs.org.`;
}
