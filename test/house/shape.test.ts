/**
 * Checks the structure of the source: sizes of files, their names, a README in every folder, every setting documented.
 */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { repository } from "../world.ts";

const list = (folder: string): string[] =>
  readdirSync(join(repository, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(repository.length + 1)
        .replaceAll("\\", "/"),
    );

const read = (path: string): string => readFileSync(join(repository, path), "utf8");
const lines = (path: string): number => read(path).trimEnd().split("\n").length;
const code = [...list("src"), ...list("content"), ...list("test")].filter((path) => /\.(ts|tsx|mjs)$/.test(path));

test("no file is longer than 300 lines, and no stylesheet either", () => {
  const stylesheets = list("src").filter((path) => path.endsWith(".css"));
  expect(stylesheets.length).toBeGreaterThan(10);
  expect(
    [...code, ...stylesheets].filter((path) => lines(path) > 300).map((path) => `${path}: ${lines(path)}`),
  ).toEqual([]);
});

test("files are kebab-case, and none is named after nothing in particular", () => {
  const vague = /^(utils?|helpers?|common|lib|core|base|manager|service|wrapper|controller|index|misc|types)\./;
  expect(code.filter((path) => vague.test(basename(path)))).toEqual([]);
  expect(
    code.filter((path) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.test|\.d|\.config)?\.(ts|tsx|mjs)$/.test(basename(path))),
  ).toEqual([]);
});

test("every file begins by saying what it is", () => {
  const silent = code.filter((path) => !/^\/\*\*/.test(read(path)));
  expect(silent).toEqual([]);
});

/** Longer than 25 lines, each with the reason. */
const longReadmes: Readonly<Record<string, string>> = {
  "src/README.md": "the glossary and the journeys",
  "src/cli/commands/README.md": "the operator's manual; the rehearsal of an upgrade runs its commands",
};

test("every folder of src has a README; each, of subfolders too, has at most 25 lines of at most 160 characters", () => {
  const folders = readdirSync(join(repository, "src"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const readmes = list("src").filter((path) => basename(path) === "README.md");
  expect(readmes).toEqual(expect.arrayContaining(folders.map(({ name }) => `src/${name}/README.md`)));
  expect(readmes).toEqual(expect.arrayContaining(Object.keys(longReadmes)));
  const short = readmes.filter((path) => !(path in longReadmes));
  expect(short.filter((path) => lines(path) > 25 || lines(path) < 5).map((path) => `${path}: ${lines(path)}`)).toEqual(
    [],
  );
  const wide = [...short, "src/README.md"].filter((path) =>
    read(path)
      .split("\n")
      .some((line) => [...line].length > 160),
  );
  expect(wide).toEqual([]);
  expect(lines("README.md")).toBeLessThanOrEqual(120);
});

test("the README explains every setting and binding", () => {
  const settings = [...read("src/env.ts").matchAll(/^ {2}readonly ([A-Z][A-Z_]+)/gm)].map(([, name = ""]) => name);
  expect(settings).toEqual(expect.arrayContaining(["ASSETS", "SHELF", "DB", "ORIGIN", "SHOW_UNPUBLISHED"]));
  const readme = read("README.md");
  expect(settings.filter((name) => !readme.includes(`| \`${name}\` |`))).toEqual([]);
});

test("exact versions only", () => {
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(read("package.json"));
  const versions = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(String(version)))).toEqual([]);
});

test("whoever deploys by the button is told what each secret and binding means, and of no other", () => {
  const described = Object.keys(JSON.parse(read("package.json")).cloudflare.bindings);
  const secrets = [...read(".dev.vars.example").matchAll(/^([A-Z_]+)=/gm)].map(([, name = ""]) => name);
  expect([...described].sort()).toEqual([...secrets, "DB", "ORIGIN", "SHELF"].sort());
});

/** Lines that may name a date, each with the reason. */
const dates: Readonly<Record<string, string>> = {
  'src/site/mcp/protocol.ts: const batchVersion = "2025-03-26";': "a version of the protocol, which is named by a date",
  'src/site/mcp/protocol.ts: export const protocolVersions: readonly string[] = ["2025-11-25", "2025-06-18", "2025-03-26"];':
    "the same",
  'src/cli/backup/restored-database.ts: const indefinitely = "9999-12-31T23:59:59.999Z";':
    "`hold_until` of a restored database: Workers of every version compare it with the time, and must find that it lies ahead",
};

test("no date is invented: what has none is undefined or null", () => {
  // The empty string and the year 1970 sort, compare and print as if they were dates.
  const constant = /"(?:19|20)\d\d-\d\d[^"]*"|"9999[^"]*"|new Date\(0\)/;
  const fallback = /(?:\wAt|[uU]ntil|[sS]ince|[pP]ublished|[uU]pdated|[dD]ay|[dD]ate)\)? \?\? (?:""|0\b|"\d)/;
  const inSql = /COALESCE\([\w.]*(?:_at|_until|_since), (?:''|0|'\d)/;
  const invented = code
    .filter((path) => path.startsWith("src/") && !path.startsWith("src/figures/"))
    .flatMap((path) =>
      read(path)
        .split("\n")
        .map((line) => `${path}: ${line.trim()}`),
    )
    .filter(
      (line) => [constant, fallback, inSql].some((pattern) => pattern.test(line)) && !/: (\*|\/\/|\/\*)/.test(line),
    );
  expect(invented.sort()).toEqual(Object.keys(dates).sort());
});
