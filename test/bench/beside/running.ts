/** Measures a change in a running `npm start`: both versions keep their compiler open, and changes go to them in turns. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { addChapter } from "../generate-library.ts";
import { type Costs, inPairs, type Side, samplesOf } from "./in-pairs.ts";
import type { Row, Sides } from "./table.ts";

interface Compilation {
  readonly kind: string;
  readonly compiled: number;
  readonly milliseconds: number;
  readonly cpuMilliseconds: number;
}

/** The copies contain the same compiled library of so many chapters. */
export async function runningRows(
  copies: Sides<string>,
  { chapters, changes, added }: { readonly chapters: number; readonly changes: number; readonly added: number },
): Promise<Row[]> {
  const open: ChildProcess[] = [];
  const compilers: Partial<Record<Side, () => Promise<Compilation>>> = {};
  try {
    // Outside the measurement: the older version compiles everything again when it starts.
    const opened = await inPairs(1, async (side) => {
      const child = fork(join(import.meta.dirname, "running-compiler.ts"), {
        cwd: copies[side],
        stdio: ["ignore", "ignore", "pipe", "ipc"],
      });
      open.push(child);
      await answerOf(child);
      compilers[side] = () => compile(child);
      return compile(child);
    });
    const failure = typeof opened.before === "string" ? opened.before : undefined;
    const measured = (times: number, change: (copy: string, round: number) => void) =>
      inPairs(times, (side, round) => {
        if (side === "before" && failure !== undefined) throw new Error(failure);
        change(copies[side], round);
        return compilers[side]?.() ?? Promise.reject(new Error("The compiler is not open."));
      });
    const one = await measured(changes, (copy) =>
      appendFileSync(join(copy, "content/book-1/chapter-1.md"), "\nOne more.\n"),
    );
    const more = await measured(added, (copy, round) => addChapter(copy, chapters + 100 + round));
    return [
      ...timeRows(
        `one chapter of ${chapters.toLocaleString("en")} changed, in a running process`,
        one,
        "at most 0.3 s",
      ),
      ...timeRows("a new chapter, in a running process", more, ""),
      {
        what: "chapters compiled for a new one",
        unit: "number",
        ...samplesOf(more, ({ compiled }) => compiled),
        target: "only itself",
      },
    ];
  } finally {
    for (const child of open) child.kill();
  }
}

const timeRows = (what: string, costs: Sides<Costs<Compilation>>, target: string): Row[] => [
  { what, unit: "s", ...samplesOf(costs, ({ milliseconds }) => milliseconds / 1000), target },
  {
    what: `${what}: CPU`,
    unit: "s of CPU",
    ...samplesOf(costs, ({ cpuMilliseconds }) => cpuMilliseconds / 1000),
    target: "",
  },
];

async function compile(child: ChildProcess): Promise<Compilation> {
  child.send("compile");
  const result = (await answerOf(child)) as Compilation;
  if (result.kind !== "compiled") throw new Error("The generated library has mistakes.");
  return result;
}

async function answerOf(child: ChildProcess): Promise<unknown> {
  let errors = "";
  const note = (piece: Buffer) => {
    errors += piece;
  };
  child.stderr?.on("data", note);
  const answered = new AbortController();
  const { signal } = answered;
  const ended = async () => {
    const [code] = await once(child, "exit", { signal });
    throw new Error(/^\w*Error: .+/m.exec(errors)?.[0] ?? `the compiler ended with ${code}`);
  };
  try {
    const [message] = await Promise.race([once(child, "message", { signal }), ended()]);
    return message;
  } finally {
    // Nothing waits for the other event any more.
    answered.abort();
    child.stderr?.off("data", note);
  }
}
