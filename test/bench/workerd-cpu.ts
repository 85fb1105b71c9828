/** Reads the CPU time of workerd: unlike elapsed time, it does not depend on what else the machine does. */
import { existsSync, readdirSync, readFileSync } from "node:fs";

/** CPU time of all workerd child processes, in milliseconds: proc(5), fields 14 and 15 of stat, in ticks of 10 ms. */
export function workerdCpuMs(): number | undefined {
  if (!existsSync("/proc/self/stat")) return undefined;
  let ticks = 0;
  for (const id of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${id}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      if (stat.includes("(workerd)") && Number(fields[1]) === process.pid)
        ticks += Number(fields[11]) + Number(fields[12]);
    } catch {
      // The process has ended since it was listed.
    }
  }
  return ticks * 10;
}
