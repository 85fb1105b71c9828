/**
 * Runs `npm test`, and then the journeys in Firefox and WebKit, briefly, if the tests left time for them. Fails if any
 * test fails; the last line counts them all.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const minutes = 60_000;
/** The whole run ends within 15 minutes, so the engines get what the tests have left, if that is worth beginning. */
const mostForAll = 14 * minutes;
const leastForClients = 2 * minutes;
const mostForClients = 5 * minutes;
const mostForInstalling = 2 * minutes;

const started = Date.now();
const tests = await run("npm", ["test"]);
const results = [tests];
if (timeLeft() > leastForClients) installEngines();
if (timeLeft() > leastForClients) {
  const limit = Math.min(timeLeft(), mostForClients);
  const clients = await run("npm", ["run", "--silent", "test:clients", "--", "--brief"], limit);
  if (clients.isCutOff) console.log(`Firefox and WebKit were not finished within ${inMinutes(limit)} minutes.`);
  else results.push(clients);
} else {
  console.log(`Firefox and WebKit were not checked: ${inMinutes(Date.now() - started)} minutes were gone before them.`);
}
const sum = (key) => results.reduce((total, each) => total + each[key], 0);
console.log(`${sum("passed")} passed, ${sum("failed")} failed`);
process.exit(results.every(({ isGood }) => isGood) ? 0 : 1);

function timeLeft() {
  return started + mostForAll - Date.now();
}

function inMinutes(time) {
  return (time / minutes).toFixed(1);
}

/**
 * Shows the command's output as it comes, and reads the count from its last lines. After `timeout` milliseconds, the
 * command and everything that it started are ended.
 */
async function run(command, given, timeout) {
  const child = spawn(command, given, { stdio: ["inherit", "pipe", "inherit"], detached: timeout !== undefined });
  let isCutOff = false;
  const timer =
    timeout &&
    setTimeout(() => {
      isCutOff = true;
      // Engines in groups of their own are ended by the processes that started them.
      process.kill(-child.pid, "SIGTERM");
      setTimeout(() => process.kill(-child.pid, "SIGKILL"), 5000).unref();
    }, timeout);
  let tail = "";
  child.stdout.on("data", (text) => {
    process.stdout.write(text);
    tail = (tail + text).slice(-1000);
  });
  const status = await new Promise((resolve) => child.on("close", resolve));
  clearTimeout(timer);
  const [, passed = 0, failed = 0] = /^(\d+) passed, (\d+) failed$/m.exec(tail)?.map(Number) ?? [];
  const isGood = status === 0 && failed === 0;
  // A command that ended in another way has no count of its own.
  return { passed, failed: isGood ? 0 : Math.max(failed, 1), isGood, isCutOff };
}

/** Only where that is allowed and simple: as root, with apt. Without the engines, the run says that they are missing. */
function installEngines() {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return;
  const apt = (...given) => spawnSync("apt-get", given, { stdio: "ignore", timeout: mostForInstalling }).status === 0;
  const isInstalled =
    apt("update", "-qq") &&
    apt("install", "-qq", "-y", "--no-install-recommends", "firefox-esr", "webkit2gtk-driver", "xvfb");
  if (!isInstalled) console.log("apt-get could not install firefox-esr, webkit2gtk-driver and xvfb.");
}
