/** `npm test`: every test, and at the end one line with the count. Arguments go to vitest: `npm test -- test/site`. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";

if (process.argv.includes("--help") || process.argv.includes("-h")) {
  console.log(
    "npm test                 every test, and at the end one line with the count\nnpm test -- test/site    one folder or file\nnpm test -- --changed    what uncommitted changes affect\nnpm test -- --slowest    at the end, the ten files that took longest\n\nWhat follows -- goes to vitest, which explains its own options: npx vitest --help",
  );
  process.exit();
}

const given = process.argv.slice(2).filter((argument) => argument !== "--slowest");
const showsSlowest = process.argv.includes("--slowest");

// One folder for everything that tests leave behind, also those that were cut short.
const temporary = mkdtempSync(join(tmpdir(), "library-test-"));
const report = join(temporary, "report.json");
const vitest = join("node_modules", "vitest", "vitest.mjs");
const { status } = spawnSync(
  "node",
  [
    vitest,
    "run",
    "--config",
    join("test", "vitest.config.ts"),
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
    ...given,
  ],
  { stdio: "inherit", env: { ...process.env, TMPDIR: temporary } },
);
let passed = 0;
let failed = 0;
let isComplete = false;
try {
  const result = JSON.parse(readFileSync(report, "utf8"));
  passed = result.numPassedTests;
  // A file that cannot even be loaded has no tests to fail.
  failed =
    result.numFailedTests +
    result.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0).length;
  isComplete = true;
  if (showsSlowest) console.log(`\n${slowest(result.testResults)}\n`);
} catch (error) {
  console.error(`vitest wrote no report: ${error.message}`);
}
rmSync(temporary, { recursive: true, force: true });
console.log(`${passed} passed, ${isComplete ? failed : 1} failed`);
process.exit(status === 0 && isComplete && failed === 0 ? 0 : 1);

/** Ten lines: seconds, and the file that they went to. Two files run at the same time. */
function slowest(files) {
  const rows = files.map(({ name, startTime, endTime }) => [(endTime - startTime) / 1000, relative(".", name)]);
  rows.sort(([one], [other]) => other - one);
  return rows
    .slice(0, 10)
    .map(([seconds, name]) => `${seconds.toFixed(1).padStart(7)} s  ${name}`)
    .join("\n");
}
