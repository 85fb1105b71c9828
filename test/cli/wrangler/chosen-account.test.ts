/** Tests the account wrangler remembers if a login has several. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readChosenAccount } from "../../../src/cli/wrangler/chosen-account.ts";

test("the choice is read from the first folder that exists; nothing, or half a file, is no choice", () => {
  const root = mkdtempSync(join(tmpdir(), "library-account-"));
  const put = (folder: string, text: string) => {
    mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, folder, "wrangler-account.json"), text);
  };
  expect(readChosenAccount(root)).toBeUndefined();
  put(".wrangler/cache", '{"account":{"id":"second","name":"Tea"}}');
  expect(readChosenAccount(root)).toBe("second");
  put("node_modules/.cache/wrangler", '{"account":{"id":"first"');
  expect(readChosenAccount(root)).toBeUndefined();
  put("node_modules/.cache/wrangler", '{"account":{"id":"first","name":"Tea"}}');
  expect(readChosenAccount(root)).toBe("first");
  rmSync(root, { recursive: true });
});
