/** Checks the folder given with `--beside`: another version of this project, ready to run. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { CommandError } from "../../../src/cli/command-error.ts";

export interface Checkout {
  readonly root: string;
  /** Its commit, for the headings of results.md. */
  readonly version: string;
}

/** Throws a `CommandError` unless the folder is a checkout whose packages are installed. */
export function openCheckout(folder: string): Checkout {
  const path = resolve(folder);
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    throw new CommandError(
      `\`--beside ${folder}\`: this folder does not exist. Check out the older version there first.`,
    );
  }
  const root = realpathSync(path);
  if (!existsSync(join(root, "package.json"))) {
    throw new CommandError(`\`--beside ${folder}\`: this folder has no package.json, so it is not a checkout.`);
  }
  if (buildScript(root) === undefined) {
    throw new CommandError(
      `\`--beside ${folder}\`: its package.json has no \`build\` script, so it is another project.`,
    );
  }
  if (!existsSync(join(root, "node_modules/.package-lock.json"))) {
    throw new CommandError(
      `\`--beside ${folder}\`: its packages are not installed. Run \`npm ci\` in that folder first.`,
    );
  }
  return { root, version: versionOf(root) };
}

/** What `npm run build` runs there. */
export function buildScript(root: string): string | undefined {
  try {
    const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
      readonly scripts?: { readonly build?: string };
    };
    return scripts?.build;
  } catch {
    // Not JSON: reported as a package.json without the script.
    return undefined;
  }
}

/** The short commit, with `-dirty` if files have changed since. */
export function versionOf(root: string): string {
  try {
    const git = (...args: string[]) =>
      execFileSync("git", ["-C", root, ...args], { encoding: "utf8", stdio: "pipe" }).trim();
    return realpathSync(git("rev-parse", "--show-toplevel")) === root
      ? git("describe", "--always", "--dirty", "--exclude", "*")
      : "without Git";
  } catch {
    // A downloaded archive has no history.
    return "without Git";
  }
}
