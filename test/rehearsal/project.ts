/** Copies the project to a temporary folder, with the tea library as content, where the real wrangler may run. */
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { stripVTControlCharacters } from "node:util";
import { cachedFolder, hashOf } from "../build-cache.ts";
import type { CloudflareFake } from "../fakes/cloudflare-api.ts";
import { bookFolder, repository } from "../world.ts";

export interface Project extends Disposable {
  readonly root: string;
  /** Replaces text in a file; throws if it is not there. */
  edit(path: string, from: string, to: string): void;
  /** The files of the release to upload, without the manifest and wrangler's own. */
  releaseFiles(): string[];
  run(
    command: string,
    args: readonly string[],
    cloudflare: Pick<CloudflareFake, "environment">,
    /** Standard input. */
    input?: string,
  ): Promise<{ code: number; said: string }>;
  /**
   * Runs a script of package.json as `npm run --silent` does, but without starting npm: help.test.ts covers that for
   * every script.
   */
  script(
    name: string,
    args: readonly string[],
    cloudflare: Pick<CloudflareFake, "environment">,
    input?: string,
  ): Promise<{ code: number; said: string }>;
  wrangler(
    args: readonly string[],
    cloudflare: Pick<CloudflareFake, "environment">,
  ): Promise<{ code: number; said: string }>;
  /**
   * Applies all migrations to the local database, then runs `sql`: with a copy of a database that one wrangler has
   * prepared for all tests. npm start and a restore rehearse wrangler's own way.
   */
  prepareDatabase(
    cloudflare: Pick<CloudflareFake, "environment">,
    options?: { readonly sql?: string; readonly args?: readonly string[] },
  ): Promise<void>;
}

/** wrangler's table of applied migrations, exactly as it creates it. */
const appliedTable =
  'CREATE TABLE "d1_migrations"(\n\t\tid         INTEGER PRIMARY KEY AUTOINCREMENT,\n\t\tname       TEXT UNIQUE,\n\t\tapplied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL\n);';

/** Applies all migrations, and records them as wrangler does. */
export function allMigrations(): string {
  const folder = join(repository, "migrations");
  const names = readdirSync(folder).filter((name) => name.endsWith(".sql"));
  const migrations = names.sort().map((name) => {
    const text = readFileSync(join(folder, name), "utf8");
    return `${text}\n;INSERT INTO d1_migrations (name) VALUES ('${name}');`;
  });
  return [appliedTable, ...migrations].join("\n");
}

/** Local databases as wrangler leaves them after all migrations. */
const cache = join(repository, "node_modules/.cache/library-local-databases");

function runInOnlyDatabase(folder: string, sql: string): void {
  const [name = ""] = readdirSync(folder).filter((file) => /^[0-9a-f]{64}\.sqlite$/.test(file));
  const database = new DatabaseSync(join(folder, name));
  database.exec(sql);
  database.close();
}

/** Reuses the same few folders, because Node finds its compile cache by their path. */
function freeFolder(): string {
  for (let number = 1; ; number += 1) {
    const path = join(tmpdir(), `library-rehearsal-${number}`);
    try {
      mkdirSync(path);
      return path;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

/** Without what npm tells the tests: a command started without npm must not take itself for one that was. */
const ownEnvironment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));

export function copyProject(): Project {
  const root = freeFolder();
  for (const path of ["src", "migrations", "wrangler.toml", "tsconfig.json", "package.json"]) {
    cpSync(join(repository, path), join(root, path), { recursive: true });
  }
  cpSync(join(bookFolder("tea"), "content"), join(root, "content"), { recursive: true });
  symlinkSync(join(repository, "node_modules"), join(root, "node_modules"), "dir");
  mkdirSync(join(root, "home"));
  const project: Project = {
    root,
    edit(path, from, to) {
      const text = readFileSync(join(root, path), "utf8");
      if (!text.includes(from)) throw new Error(`${path} does not hold ${from}`);
      writeFileSync(
        join(root, path),
        text.replace(from, () => to),
      );
    },
    releaseFiles: () =>
      ["objects", "assets"].flatMap((folder) =>
        readdirSync(join(root, ".release", folder)).map((name) => `/${folder}/${name}`),
      ),
    run: (command, args, cloudflare, input) =>
      new Promise((resolve) => {
        const child = spawn(command, args, {
          cwd: root,
          stdio: ["pipe", "pipe", "pipe"],
          env: {
            ...ownEnvironment,
            ...cloudflare.environment,
            HOME: join(root, "home"),
            XDG_CONFIG_HOME: join(root, "home"),
            WRANGLER_SEND_METRICS: "false",
            CI: "1",
          },
        });
        // Some commands end without reading it.
        child.stdin.on("error", () => undefined).end(input);
        const said: string[] = [];
        for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => said.push(String(data)));
        child.on("close", (code) => resolve({ code: code ?? 1, said: stripVTControlCharacters(said.join("")) }));
      }),
    script(name, args, cloudflare, input) {
      const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
      const [program = "", ...words] = String(scripts[name]).split(" ");
      const path = `${join(root, "node_modules/.bin")}${delimiter}${process.env.PATH}`;
      const environment = { PATH: path, ...cloudflare.environment };
      return project.run(program, [...words, ...args], { environment }, input);
    },
    wrangler: (args, cloudflare) => project.run("node", ["node_modules/wrangler/bin/wrangler.js", ...args], cloudflare),
    async prepareDatabase(cloudflare, { sql = "", args = [] } = {}) {
      const state = join(root, ".wrangler/state/v3/d1");
      const execute = async (text: string) => {
        const file = join(root, "home/prepared.sql");
        writeFileSync(file, text);
        const order = ["d1", "execute", "DB", "--local", `--file=${file}`, ...args];
        const { code, said } = await project.wrangler(order, cloudflare);
        if (code !== 0) throw new Error(said);
      };
      if (existsSync(state)) return execute(`${allMigrations()}\n${sql}`);
      const key = hashOf(root, ["migrations", "wrangler.toml", "node_modules/wrangler/package.json"]);
      const prepared = await cachedFolder(cache, `${key}${args.join("")}`, async (empty) => {
        await execute(allMigrations());
        cpSync(state, empty, { recursive: true });
      });
      cpSync(prepared, state, { recursive: true });
      if (sql !== "") runInOnlyDatabase(join(state, "miniflare-D1DatabaseObject"), sql);
    },
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
  return project;
}
