/** Checks what `npm run bench -- --beside` says about folders that it cannot compare with. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { repository } from "../../world.ts";
import { openCheckout, versionOf } from "./checkout.ts";
import { parseCount, runBeside } from "./run-beside.ts";

let folder = "";
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "checkout-")));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const describe = (manifest: string) => writeFileSync(join(folder, "package.json"), manifest);
const complete = () => {
  describe('{"scripts": {"build": "node build.mjs"}}');
  mkdirSync(join(folder, "node_modules"));
  writeFileSync(join(folder, "node_modules/.package-lock.json"), "{}");
};

test("a missing folder, or a file, is named", () => {
  for (const path of [join(folder, "older"), import.meta.filename]) {
    expect(() => openCheckout(path)).toThrow(
      `\`--beside ${path}\`: this folder does not exist. Check out the older version there first.`,
    );
  }
});

test("a folder without package.json, or with that of another project, is rejected", () => {
  expect(() => openCheckout(folder)).toThrow(
    `\`--beside ${folder}\`: this folder has no package.json, so it is not a checkout.`,
  );
  for (const manifest of ['{"name": "other"}', "not JSON"]) {
    describe(manifest);
    expect(() => openCheckout(folder)).toThrow(
      `\`--beside ${folder}\`: its package.json has no \`build\` script, so it is another project.`,
    );
  }
});

test("packages that are not installed are reported with the command that installs them", () => {
  describe('{"scripts": {"build": "node build.mjs"}}');
  expect(() => openCheckout(folder)).toThrow(
    `\`--beside ${folder}\`: its packages are not installed. Run \`npm ci\` in that folder first.`,
  );
});

test("a complete checkout is opened, whatever Git knows about it", () => {
  complete();
  expect(openCheckout(folder)).toEqual({ root: folder, version: "without Git" });
  expect(versionOf(repository)).toMatch(/^[0-9a-f]{7,}(-dirty)?$|^without Git$/);
});

test("an unknown part is rejected with those that exist, before anything is measured", async () => {
  complete();
  const place = { results: "", measured: "", tell: () => undefined, print: () => undefined };
  const wanted = { folder, rounds: 5, chapters: 30, isQuick: false, isWritten: false };
  await expect(runBeside({ ...wanted, only: "lists" }, place)).rejects.toThrow(
    "`--only lists`: with `--beside`, choose one of serving, starting, desk, publishing, growing.",
  );
});

test("rounds and chapters are whole numbers from 1", () => {
  expect(parseCount("7")).toBe(7);
  for (const written of ["0", "-1", "2.5", "many", ""]) {
    expect(() => parseCount(written)).toThrow(
      `\`${written}\` is not a number of rounds or chapters: give a whole number from 1 to 99999.`,
    );
  }
});
