/** The map of the rooms: who may import whom. Types count. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";
import { repository } from "../world.ts";

/** Room or file of src/ -> what it may import. What is not named here, it may not. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  "worker.ts": ["app.ts"],
  "app.ts": [
    "site",
    "newsletter",
    "stats",
    "desk",
    "subscribers",
    "mail",
    "ui",
    "http",
    "library",
    "db",
    "routes.ts",
    "env.ts",
  ],
  site: ["ui", "http", "library", "routes.ts", "env.ts"],
  newsletter: ["editions", "subscribers", "mail", "ui", "http", "library", "db", "routes.ts", "env.ts"],
  stats: ["mail", "ui", "http", "library", "db", "routes.ts", "env.ts"],
  desk: ["editions", "subscribers", "mail", "ui", "http", "library", "db", "routes.ts", "env.ts"],
  editions: ["subscribers", "mail", "ui", "http", "library", "db", "routes.ts", "env.ts"],
  subscribers: ["mail", "ui", "http", "library", "db", "routes.ts", "env.ts"],
  mail: ["ui", "http", "library", "routes.ts", "env.ts"],
  ui: ["library", "routes.ts"],
  http: ["library", "db", "routes.ts", "env.ts"],
  library: ["routes.ts"],
  db: [],
  "routes.ts": [],
  "env.ts": [],
  figures: [],
  cli: ["publish", "editions", "subscribers", "mail", "http", "library", "db", "routes.ts", "env.ts"],
  publish: ["library", "figures", "routes.ts"],
};

const source = join(repository, "src");
const files = readdirSync(source, { recursive: true, encoding: "utf8" })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => /\.(ts|tsx|mjs)$/.test(name) && !name.endsWith(".d.ts") && !name.endsWith("config.ts"));

const roomOf = (path: string): string => path.split("/")[0] ?? "";

/** What a file imports of src/, as paths below it. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(source, file), "utf8");
  const named = [...text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)].map(([, target = ""]) => target);
  return named
    .map((target) => relative(source, resolve(source, dirname(file), target)).replaceAll("\\", "/"))
    .filter((target) => !target.startsWith(".."));
}

test("every room is on the map", () => {
  const rooms = new Set(files.map(roomOf));
  expect([...rooms].sort()).toEqual(Object.keys(mayImport).sort());
});

test("no file imports what its room may not", () => {
  const trespasses = files.flatMap((file) =>
    importsOf(file)
      .filter((target) => roomOf(target) !== roomOf(file) && !(mayImport[roomOf(file)] ?? []).includes(roomOf(target)))
      .map((target) => `${file} imports ${target}`),
  );
  expect(trespasses).toEqual([]);
});

test("the Worker's rooms use nothing of Node, and the compiler nothing of the Worker's framework", () => {
  const offenders = files.filter((file) => {
    const text = readFileSync(join(source, file), "utf8");
    const isNodeSide = ["publish", "figures", "cli"].includes(roomOf(file));
    return isNodeSide ? /from "(hono|drizzle-orm)/.test(text) : /from "node:/.test(text);
  });
  expect(offenders).toEqual([]);
});
