/** A rehearsal: a copy of the project with the tea library in it, and a Cloudflare on this machine to deploy it to. */
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { type CloudflareFake, openCloudflare } from "../fakes/cloudflare-api.ts";
import { bookFolder, repository } from "../world.ts";

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Rehearsal extends AsyncDisposable {
  readonly cloudflare: CloudflareFake;
  /** The real wrangler, in the copy. */
  wrangler(...args: string[]): Promise<Finished>;
  /** `npm run deploy`, in the copy. A setting that is `undefined` is taken out of the environment. */
  deploy(environment?: Readonly<Record<string, string | undefined>>): Promise<Finished>;
  /** Replaces text in a file of the copy; it has to be there. */
  edit(path: string, text: string, by: string): void;
  write(path: string, content: string): void;
  /** Paths of the files in `.release/` that belong on the server: `/objects/…`, `/assets/…`. */
  released(): readonly string[];
}

/** `check`: what `npm run check` does in the copy. The project's own would check the project, not the deploy. */
export async function openRehearsal({ check = "node --version" }: { check?: string } = {}): Promise<Rehearsal> {
  const home = mkdtempSync(join(tmpdir(), "rehearsal-"));
  const copy = join(home, "project");
  for (const name of ["src", "migrations", "wrangler.toml", "package.json", "tsconfig.json"]) {
    cpSync(join(repository, name), join(copy, name), { recursive: true });
  }
  cpSync(join(bookFolder("tea"), "content"), join(copy, "content"), { recursive: true });
  symlinkSync(join(repository, "node_modules"), join(copy, "node_modules"), "dir");
  const cloudflare = await openCloudflare();

  const run = (command: string, args: readonly string[], changes: Readonly<Record<string, string | undefined>> = {}) =>
    finish(command, args, copy, {
      PATH: [join(copy, "node_modules/.bin"), process.env.PATH].join(delimiter),
      HOME: home,
      XDG_CONFIG_HOME: home,
      TMPDIR: tmpdir(),
      CI: "1",
      WRANGLER_SEND_METRICS: "false",
      WRANGLER_SEND_ERROR_REPORTS: "false",
      WRANGLER_HIDE_BANNER: "true",
      ...cloudflare.environment,
      ...changes,
    });

  const rehearsal: Rehearsal = {
    cloudflare,
    wrangler: (...args) => run("node", ["node_modules/wrangler/bin/wrangler.js", ...args]),
    deploy: (environment) => run("npm", ["run", "--silent", "deploy"], environment),
    edit(path, text, by) {
      const before = readFileSync(join(copy, path), "utf8");
      if (!before.includes(text)) throw new Error(`${path} does not contain ${text}`);
      writeFileSync(
        join(copy, path),
        before.replace(text, () => by),
      );
    },
    write: (path, content) => writeFileSync(join(copy, path), content),
    released: () =>
      ["objects", "assets"].flatMap((folder) =>
        readdirSync(join(copy, ".release", folder)).map((name) => `/${folder}/${name}`),
      ),
    async [Symbol.asyncDispose]() {
      await cloudflare[Symbol.asyncDispose]();
      rmSync(home, { recursive: true, force: true });
      const { unknown } = cloudflare;
      if (unknown.length > 0) throw new Error(`Wrangler asked for what the fake does not know:\n${unknown.join("\n")}`);
    },
  };
  rehearsal.edit("wrangler.toml", "http://localhost:8787", "https://ml-blog.library.workers.dev");
  const scripts: unknown = JSON.parse(readFileSync(join(copy, "package.json"), "utf8")).scripts.check;
  rehearsal.edit("package.json", JSON.stringify(scripts), JSON.stringify(check));
  return rehearsal;
}

function finish(
  command: string,
  args: readonly string[],
  folder: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Finished> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"], env: environment });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.on("close", (code) => {
      resolve({ code, stdout: stripVTControlCharacters(stdout), stderr: stripVTControlCharacters(stderr) });
    });
  });
}
