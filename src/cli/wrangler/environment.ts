/**
 * Decides which environment, account and login a command uses: the ones that wrangler itself would use. Decided once,
 * because an `.env` file that changes during a command must not split the command between two libraries.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { advise } from "../../publish/source/suggest.ts";
import { CommandError } from "../command-error.ts";
import { loadWrangler } from "./load-wrangler.ts";
import { readWranglerToml } from "./wrangler-toml.ts";

export interface Environment {
  /** `[env.<name>]` of wrangler.toml; `undefined` is its top level. */
  readonly name: string | undefined;
  /** What names it: `--env`, `CLOUDFLARE_ENV in .env`. */
  readonly source: string | undefined;
  /** What wrangler is started with, so that it decides as this module did. */
  readonly args: readonly string[];
  /** Variables of the process, and those of the `.env` files that are meant for Cloudflare and wrangler. */
  readonly variables: Readonly<Record<string, string | undefined>>;
}

type Variables = Environment["variables"];

let decided: Environment | undefined;

/** Decides by what the author wrote after `--env`; `undefined` if nothing. To be called before `environment`. */
export function useEnvironment(asked: string | undefined): Environment {
  decided = decideEnvironment(process.cwd(), asked);
  return decided;
}

/** The environment of this command. */
export const environment = (): Environment => decided ?? useEnvironment(undefined);

/** A text whose commands, between backticks, are for the environment that the author has written after `--env`. */
export function withEnvironment(text: string): string {
  const { name, source } = environment();
  if (source !== "--env") return text;
  const option = `--env ${name ?? '""'}`;
  return text.replace(
    /`((?:npx wrangler (?:secret|tail|rollback|delete|deploy)|npm run (?:newsletter|subscribers|restore|backup|sweep|doctor|deploy|mail))\b[^`]*)`/g,
    (_, command: string) =>
      command.startsWith("npm") && !command.includes(" -- ")
        ? `\`${command} -- ${option}\``
        : `\`${command} ${option}\``,
  );
}

/** Decides as wrangler does (its src/cli.ts and config/dot-env.ts): `--env`, then the shell, then the later file. */
export function decideEnvironment(root: string, asked: string | undefined): Environment {
  // Wrangler reads the files of an environment only if `--env` names it: CLOUDFLARE_ENV comes too late for that.
  const names = [".env", ".env.local", ...(asked ? [`.env.${asked}`, `.env.${asked}.local`] : [])];
  const files = names.filter((name) => existsSync(join(root, name)));
  const variables: Variables = { ...process.env, ...fromFiles(root, files) };
  const name = (asked ?? variables.CLOUDFLARE_ENV) || undefined;
  const source = asked !== undefined ? "--env" : name && sourceOf(root, files);
  if (name !== undefined) checkDefined(root, name, source);
  const isSaid = asked !== undefined || name === undefined;
  return { name, source, args: isSaid ? [`--env=${name ?? ""}`] : [], variables };
}

/** The values that hold, the shell's included, of all Cloudflare variables that the files name. */
function fromFiles(root: string, files: readonly string[]): Record<string, string> {
  if (files.length === 0) return {};
  const names = Object.keys(read(root, files)).filter((name) => /^(CLOUDFLARE|CF|WRANGLER)_/.test(name));
  return read(root, files, names);
}

/** By wrangler's own reader. With `names`, only these, and a value of the process counts more than a file's. */
function read(root: string, files: readonly string[], names?: string[]): Record<string, string> {
  const setting = process.env.CLOUDFLARE_LOAD_DEV_VARS_FROM_DOT_ENV;
  // It switches off what `.env` means for the Worker, not what it means for wrangler.
  process.env.CLOUDFLARE_LOAD_DEV_VARS_FROM_DOT_ENV = "true";
  try {
    const bindings = loadWrangler().unstable_getVarsForDev(
      join(root, "wrangler.toml"),
      [...files],
      {},
      undefined,
      true,
      names && { required: names },
    );
    return Object.fromEntries(
      Object.entries(bindings).flatMap(([name, binding]) =>
        "value" in binding && typeof binding.value === "string" ? [[name, binding.value]] : [],
      ),
    );
  } finally {
    if (setting === undefined) delete process.env.CLOUDFLARE_LOAD_DEV_VARS_FROM_DOT_ENV;
    else process.env.CLOUDFLARE_LOAD_DEV_VARS_FROM_DOT_ENV = setting;
  }
}

function sourceOf(root: string, files: readonly string[]): string {
  if (process.env.CLOUDFLARE_ENV) return "CLOUDFLARE_ENV in the shell";
  return `CLOUDFLARE_ENV in ${files.findLast((file) => "CLOUDFLARE_ENV" in read(root, [file])) ?? ".env"}`;
}

/** Wrangler only warns about an unknown environment if there are no others, and then uses the top level's bindings. */
function checkDefined(root: string, name: string, source: string | undefined): void {
  let names: readonly string[];
  try {
    names = readWranglerToml(root, "").definedEnvironments ?? [];
  } catch {
    // What is wrong with wrangler.toml is reported by whoever reads it for its settings.
    return;
  }
  if (names.includes(name)) return;
  const choice = names.length === 0 ? "wrangler.toml has no environments." : advise(name, names, "environments");
  throw new CommandError(`There is no [env.${name}] in wrangler.toml, but ${source} names it. ${choice}`);
}
