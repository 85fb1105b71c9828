/**
 * Decides which environment, account and login a command uses: the same as wrangler. Decided once, so that an `.env`
 * file edited during a command cannot split it between two libraries.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { advise } from "../../publish/source/suggest.ts";
import { CommandError } from "../command-error.ts";
import { loadWrangler } from "./load-wrangler.ts";
import { readWranglerToml } from "./wrangler-toml.ts";

export interface Environment {
  /** `[env.<name>]` of wrangler.toml; `undefined` for its top level. */
  readonly name: string | undefined;
  /** Where it was set: `--env`, `CLOUDFLARE_ENV in .env`. */
  readonly source: string | undefined;
  /** Arguments that make wrangler use the same environment. */
  readonly args: readonly string[];
  /** Variables of the process, and those for Cloudflare and wrangler from `.env` files. */
  readonly variables: Readonly<Record<string, string | undefined>>;
}

type Variables = Environment["variables"];

let decided: Environment | undefined;

/** Decides the environment; `asked`: the value of `--env`. Call it before `environment`. */
export function useEnvironment(asked: string | undefined): Environment {
  decided = decideEnvironment(process.cwd(), asked);
  return decided;
}

/** The environment of this command. */
export const environment = (): Environment => decided ?? useEnvironment(undefined);

/** Adds `--env` to the commands in backticks in a text, if the author used `--env`. */
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
  // Wrangler reads an environment's `.env` files only for `--env`: CLOUDFLARE_ENV is known too late.
  const names = [".env", ".env.local", ...(asked ? [`.env.${asked}`, `.env.${asked}.local`] : [])];
  const files = names.filter((name) => existsSync(join(root, name)));
  const variables: Variables = { ...process.env, ...fromFiles(root, files) };
  const name = (asked ?? variables.CLOUDFLARE_ENV) || undefined;
  const source = asked !== undefined ? "--env" : name && sourceOf(root, files);
  if (name !== undefined) checkDefined(root, name, source);
  const isSaid = asked !== undefined || name === undefined;
  return { name, source, args: isSaid ? [`--env=${name ?? ""}`] : [], variables };
}

/** Effective values of all Cloudflare variables named in the files; the shell takes precedence. */
function fromFiles(root: string, files: readonly string[]): Record<string, string> {
  if (files.length === 0) return {};
  const names = Object.keys(read(root, files)).filter((name) => /^(CLOUDFLARE|CF|WRANGLER)_/.test(name));
  return read(root, files, names);
}

/** Reads the files with wrangler's own function. With `names`, only these, and the process's values take precedence. */
function read(root: string, files: readonly string[], names?: string[]): Record<string, string> {
  const setting = process.env.CLOUDFLARE_LOAD_DEV_VARS_FROM_DOT_ENV;
  // The setting only concerns `.env` values for the Worker, not for wrangler.
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

/**
 * Throws for an unknown environment: wrangler only warns if there are no others, and then uses the top level's
 * bindings.
 */
function checkDefined(root: string, name: string, source: string | undefined): void {
  let names: readonly string[];
  try {
    names = readWranglerToml(root, "").definedEnvironments ?? [];
  } catch {
    // An invalid wrangler.toml is reported when its settings are read.
    return;
  }
  if (names.includes(name)) return;
  const choice = names.length === 0 ? "wrangler.toml has no environments." : advise(name, names, "environments");
  throw new CommandError(`There is no [env.${name}] in wrangler.toml, but ${source} names it. ${choice}`);
}
