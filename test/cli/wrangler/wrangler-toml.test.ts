/** Tests the cache of wrangler.toml: the same values as wrangler reads, never older than the file. */
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { unstable_readConfig as readWithWrangler } from "wrangler";
import { readWranglerToml } from "../../../src/cli/wrangler/wrangler-toml.ts";

const toml = (name: string) =>
  `name = "${name}"\nmain = "src/worker.ts"\n[vars]\nORIGIN = "https://${name}.example"\n[env.staging]\nname = "${name}-staging"\n`;
const cached = (root: string) => readdirSync(join(root, ".wrangler"));

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "library-toml-"));
  writeFileSync(join(root, "wrangler.toml"), toml("tea"));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

test("read again, it is what wrangler reads, for every environment", () => {
  for (const env of ["", "staging"]) {
    const expected = readWithWrangler({ config: join(root, "wrangler.toml"), env }, { hideWarnings: true });
    expect(readWranglerToml(root, env)).toEqual(expected);
    expect(readWranglerToml(root, env)).toEqual(expected);
  }
  expect(readWranglerToml(root, "staging").name).toBe("tea-staging");
  expect(cached(root)).toHaveLength(2);
  for (const name of cached(root)) expect(statSync(join(root, ".wrangler", name)).mode & 0o077).toBe(0);
});

test("a changed file is read again, and so is one whose cache is damaged", () => {
  expect(readWranglerToml(root, "").name).toBe("tea");
  writeFileSync(join(root, "wrangler.toml"), toml("rum"));
  expect([readWranglerToml(root, "").name, readWranglerToml(root, "").vars]).toEqual([
    "rum",
    { ORIGIN: "https://rum.example" },
  ]);
  for (const name of cached(root)) writeFileSync(join(root, ".wrangler", name), '{"key":');
  expect(readWranglerToml(root, "").name).toBe("rum");
  writeFileSync(join(root, "wrangler.toml"), "name = ");
  expect(() => readWranglerToml(root, "")).toThrow();
  rmSync(join(root, "wrangler.toml"));
  expect(() => readWranglerToml(root, "")).toThrow("wrangler.toml");
});

test("without a place to keep it, it is read every time", () => {
  writeFileSync(join(root, ".wrangler"), "a file");
  expect([readWranglerToml(root, "").name, readWranglerToml(root, "").name]).toEqual(["tea", "tea"]);
  rmSync(join(root, ".wrangler"));
  mkdirSync(join(root, ".wrangler"));
  chmodSync(join(root, ".wrangler"), 0o500);
  expect(readWranglerToml(root, "").name).toBe("tea");
});
