/** Checks drawing on threads: the same bytes with any number of them, whatever happens to them, and no process that hangs. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { DrawingThreads } from "../../../src/publish/drawing/drawing-threads.ts";
import { drawFormula, type FormulaPicture } from "../../../src/publish/maths/formula-pictures.ts";
import { repository } from "../../world.ts";
import { type Formula, libraryFormulas } from "../mail/one-mail.ts";

/** Every 25th of the library, and some that only KaTeX knows or that become several images. */
const formulas: readonly Formula[] = [
  ...libraryFormulas().filter((_, index) => index % 25 === 0),
  { tex: "\\argmax_x f(x)", displayed: true },
  { tex: "\\bm{x}\\in\\R", displayed: false },
  { tex: "0.2483\\,(1,0)+0.2483\\,(0,2)+0.5035\\,(1,2)=(0.7517,1.5035)", displayed: false },
];

const inHex = (drawn: readonly (readonly FormulaPicture[])[]) =>
  drawn.map((pictures) => pictures.map((picture) => ({ ...picture, png: Buffer.from(picture.png).toString("hex") })));

const drawnHere = async () =>
  inHex(await Promise.all(formulas.map(({ tex, displayed }) => drawFormula(tex, displayed))));

const drawWith = (threads: DrawingThreads) =>
  Promise.all(formulas.map(({ tex, displayed }) => threads.draw({ kind: "formula", tex, displayed })));

test("images are the same, byte for byte, with 0, 1, 2 and 8 threads", { timeout: 180_000 }, async () => {
  const here = await drawnHere();
  for (const count of [0, 1, 2, 8]) {
    const threads = new DrawingThreads(count);
    expect(inHex(await drawWith(threads))).toEqual(here);
    await threads.close();
  }
});

test("a thread that dies loses no formula, neither those it was drawing nor later ones", {
  timeout: 180_000,
}, async () => {
  const threads = new DrawingThreads(2);
  const [first] = formulas;
  await threads.draw({ kind: "formula", tex: first?.tex ?? "", displayed: false });
  const drawing = drawWith(threads);
  await threads.close();
  const here = await drawnHere();
  expect(inHex(await drawing)).toEqual(here);
  expect(inHex(await drawWith(threads))).toEqual(here);
});

test("TeX that cannot be drawn fails as it does on the main thread", async () => {
  const threads = new DrawingThreads(1);
  const message = await drawFormula("\\frac{", false).catch((error: unknown) => String(error));
  expect(message).toContain("A formula got past the analysis");
  await expect(
    threads.draw({ kind: "formula", tex: "\\frac{", displayed: false }).catch((error: unknown) => String(error)),
  ).resolves.toBe(message);
  await threads.close();
});

/** Runs a script that has `threads`, in a process of its own. */
function runScript(script: string) {
  const url = pathToFileURL(join(repository, "src/publish/drawing/drawing-threads.ts"));
  const whole = `import { DrawingThreads } from "${url}";\nconst threads = new DrawingThreads(2);\n${script}`;
  const { status, stdout } = spawnSync(process.execPath, ["--input-type=module", "--eval", whole], {
    encoding: "utf8",
    timeout: 60_000,
  });
  return { status, stdout };
}

test("a process ends by itself when all formulas are drawn", () => {
  const script =
    'console.log((await Promise.all(["x", "y"].map((tex) => threads.draw({ kind: "formula", tex, displayed: false })))).length);';
  expect(runScript(script)).toEqual({ status: 0, stdout: "2\n" });
});

test("a process that ends early ends at once, though formulas are being drawn", () => {
  const script = `await threads.draw({ kind: "formula", tex: "x", displayed: false });
for (let n = 0; n < 5000; n += 1) threads.draw({ kind: "formula", tex: \`\\\\frac{\${n}}{2}\`, displayed: true });
process.exit(3);`;
  expect(runScript(script)).toEqual({ status: 3, stdout: "" });
});
