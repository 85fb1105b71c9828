/**
 * Preloaded into a command by `run-build.ts`: when it ends, writes the CPU time of its tree of processes and its peak
 * memory, as JSON. From inside, because Node does not report either of a child process.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { isMainThread } from "node:worker_threads";

const { BENCH_ACCOUNT: file } = process.env;

if (isMainThread && file !== undefined) {
  // Commands that this one starts are part of its own account.
  delete process.env.BENCH_ACCOUNT;
  process.on("exit", () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    const cpuSeconds = (userCPUTime + systemCPUTime) / 1e6 + childSeconds();
    writeFileSync(file, JSON.stringify({ cpuSeconds, peakMegabytes: maxRSS / 1024 }));
  });
}

/** CPU of children, ended or not: proc(5), fields 14 to 17 of stat, in ticks of 10 ms. Zero on other systems. */
function childSeconds(): number {
  let ticks = 0;
  try {
    for (const id of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
      const fields = statOf(id);
      const [parent, user = 0, system = 0, childUser = 0, childSystem = 0] = [1, 11, 12, 13, 14].map((at) =>
        Number(fields[at]),
      );
      if (Number(id) === process.pid) ticks += childUser + childSystem;
      else if (parent === process.pid) ticks += user + system + childUser + childSystem;
    }
  } catch {
    // No /proc: the account is of this process alone.
  }
  return ticks / 100;
}

function statOf(id: string): string[] {
  try {
    const stat = readFileSync(`/proc/${id}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    // The process has ended since it was listed.
    return [];
  }
}
