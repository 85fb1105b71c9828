/** `npm run subscribers -- import`: shows a dry run, asks for confirmation, and imports. */

import { randomSecret } from "../../http/signing.ts";
import { thousands } from "../editions/words.ts";
import type { Target } from "../explain-failure.ts";
import type { ProgressLine } from "../progress.ts";
import { wrapped } from "../terminal.ts";
import type { Execute, Write } from "../wrangler/d1-execute.ts";
import { type Group, importGroups, importTime } from "./import-statements.ts";
import { readOnRecord } from "./on-record.ts";
import { planImport } from "./plan-import.ts";
import { type ListOptions, readList } from "./read-list.ts";
import { costWords, showImport } from "./show-import.ts";
import { checkKeys, type KeyRing } from "./token-keys.ts";

export interface ImportJob {
  readonly target: Target;
  readonly execute: Execute;
  readonly write: Write;
  readonly keyRing: KeyRing;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly tell: (text: string) => void;
  readonly confirm: (question: string) => Promise<"yes" | "no" | "unasked">;
  readonly progress: (verb: string) => ProgressLine;
  /** Minimum number of people per file of statements. Default: 10,000, a few megabytes and seconds. */
  readonly peopleAtOnce?: number | undefined;
}

export interface ListToImport {
  /** Path of the file. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly options: ListOptions;
}

/** Returns the final output. Throws a `CommandError` if the file is not a valid list or a key is missing. */
export async function importList(job: ImportJob, { path, bytes, options }: ListToImport): Promise<string> {
  const list = readList(path, bytes, options);
  const onRecord = await look(job);
  checkKeys(job.keyRing, onRecord.suppressed.size, job.target);
  const plan = planImport(list, onRecord, job.keyRing.keys);
  const time = importTime(job.now);
  job.tell(showImport(list, plan, time.confirmedAt));
  if (onRecord.suppressed.size > 0) {
    job.tell(
      wrapped(
        `Checked against ${thousands(onRecord.suppressed.size)} erased or suppressed addresses using the key from ${job.keyRing.from}; this works only if it is the key that the ${job.target === "remote" ? "deployed library" : "library on this machine"} signs with.`,
        "",
      ),
    );
  }
  const people = plan.arrivals.length + plan.changes.length;
  if (people === 0) return "Nothing to import.";
  const cost = job.target === "remote" ? costWords(plan) : undefined;
  if (cost !== undefined) job.tell(cost);
  const answer = await job.confirm(`Import ${thousands(people)} ${people === 1 ? "person" : "people"}?`);
  if (answer === "no") return "Nothing was imported.";
  if (answer === "unasked") return "Nothing was imported: there is no terminal to confirm in. To proceed, add `--yes`.";
  const writing = job.progress("Importing person");
  let done = 0;
  for (const some of together(
    importGroups(plan, time, () => crypto.randomUUID(), randomSecret),
    job.peopleAtOnce,
  )) {
    await job.write(some.statements);
    done += some.people;
    if (done < people) writing.update(done, people);
  }
  writing.end();
  const after = await look(job);
  const missing = plan.arrivals.filter(({ addressKey }) => !after.subscribers.has(addressKey)).length;
  const kept =
    missing === 0
      ? "Verified: everyone is on record."
      : `${thousands(missing)} ${missing === 1 ? "was" : "were"} erased in the meantime and skipped.`;
  return `Imported: ${thousands(people - missing)}. ${kept}`;
}

async function look({ execute, progress }: ImportJob) {
  const line = progress("Reading subscriber");
  const onRecord = await readOnRecord(execute, line.update);
  line.end();
  return onRecord;
}

function* together(groups: Iterable<Group>, peopleAtOnce = 10_000): Generator<Group> {
  let statements: string[] = [];
  let people = 0;
  for (const group of groups) {
    statements.push(...group.statements);
    people += group.people;
    if (people < peopleAtOnce) continue;
    yield { people, statements };
    statements = [];
    people = 0;
  }
  if (people > 0) yield { people, statements };
}
