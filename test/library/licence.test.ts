/** Checks the short names of licences. */
import { expect, test } from "vitest";
import { licenceName } from "../../src/library/licence.ts";

test.each([
  ["https://creativecommons.org/licenses/by/4.0/", "CC BY 4.0"],
  ["https://creativecommons.org/licenses/by-nc-sa/3.0/de/", "CC BY-NC-SA 3.0"],
  ["https://creativecommons.org/publicdomain/zero/1.0/", "CC0 1.0"],
  ["https://opensource.org/license/mit", "MIT"],
  ["https://tea.example/terms", undefined],
])("%s is %s", (url, name) => expect(licenceName(url)).toBe(name));
