/**
 * `npm test`: every test, and at the end one line with the count. Arguments go to vitest: `npm test -- test/site`.
 * `npm run test:clients`: the journeys in Firefox and WebKit, as far as they are installed.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";

if (process.argv.includes("--help") || process.argv.includes("-h")) {
  console.log(
    "npm test                 every test, and at the end one line with the count\nnpm test -- test/site    one folder or file\nnpm test -- --changed    what uncommitted changes affect\nnpm test -- --slowest    at the end, the ten files that took longest\nnpm run test:clients     the journeys in Firefox and WebKit, as far as they are installed\nnpm run test:clients -- --brief    five figures and five pages in each\n\nWhat follows -- goes to vitest, which explains its own options: npx vitest --help",
  );
  process.exit();
}

const ours = ["--slowest", "--clients", "--brief"];
const given = process.argv.slice(2).filter((argument) => !ours.includes(argument));
const showsSlowest = process.argv.includes("--slowest");
const isClients = process.argv.includes("--clients");
const extent = process.argv.includes("--brief") ? "brief" : "full";

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
    join("test", ...(isClients ? ["clients"] : []), "vitest.config.ts"),
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
    ...given,
  ],
  { stdio: "inherit", env: { ...process.env, TMPDIR: temporary, CLIENTS: extent } },
);
let passed = 0;
let failed = 0;
let isComplete = false;
try {
  const result = JSON.parse(readFileSync(report, "utf8"));
  passed = result.numPassedTests;
  // A file that cannot be loaded or prepared has no tests to fail.
  failed = result.numFailedTests + result.testResults.filter(isFailedBeforeItsTests).length;
  isComplete = true;
  if (isClients) console.log(`\n${unchecked(result.testResults).join("\n")}\n`);
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

/** The skipped tests, each of which is a sentence about what was not checked. */
function unchecked(files) {
  const tests = files.flatMap(({ assertionResults }) => assertionResults);
  return tests.filter(({ title }) => / (was )?not checked /.test(` ${title} `)).map(({ title }) => title);
}

function isFailedBeforeItsTests({ status, assertionResults }) {
  return status === "failed" && !assertionResults.some((each) => each.status === "failed");
}
