/** Turns a Jupyter notebook into lines of Markdown: code with its output, images as embedded files. */
import { stripVTControlCharacters } from "node:util";
import * as v from "valibot";
import { CommandError } from "../command-error.ts";
import type { Embedded, Line, Original, Place } from "./original.ts";

const source = v.pipe(
  v.union([v.string(), v.array(v.string())]),
  v.transform((written) => (typeof written === "string" ? written : written.join(""))),
);

const data = v.record(v.string(), v.unknown());

const output = v.union([
  v.object({ output_type: v.literal("stream"), text: source }),
  v.object({ output_type: v.picklist(["execute_result", "display_data"]), data }),
  v.object({ output_type: v.literal("error"), traceback: v.optional(v.array(v.string()), []) }),
]);

const cell = v.object({
  cell_type: v.picklist(["markdown", "code", "raw"]),
  source,
  outputs: v.optional(v.array(output), []),
  attachments: v.optional(v.record(v.string(), data), {}),
});

// nbformat 4: https://nbformat.readthedocs.io/en/latest/format_description.html
const notebook = v.object({
  nbformat: v.pipe(v.number(), v.minValue(4)),
  metadata: v.optional(
    v.object({
      language_info: v.optional(v.object({ name: v.optional(v.string()) })),
      kernelspec: v.optional(v.object({ language: v.optional(v.string()) })),
    }),
  ),
  cells: v.array(cell),
});

type Cell = v.InferOutput<typeof cell>;
type Output = v.InferOutput<typeof output>;

export function readNotebook(json: string, name: string): Original {
  const result = v.safeParse(notebook, parseJson(json));
  if (!result.success) {
    throw new CommandError(`\`${name}\` is not a Jupyter notebook (nbformat 4). Open it in Jupyter and save it again.`);
  }
  const { cells, metadata } = result.output;
  const reader = new NotebookReader(metadata?.language_info?.name ?? metadata?.kernelspec?.language ?? "python");
  for (const [index, each] of cells.entries()) reader.read(each, index + 1);
  return { lines: reader.lines, embedded: reader.embedded, findings: reader.findings };
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // The schema rejects it.
    return undefined;
  }
}

class NotebookReader {
  readonly lines: Line[] = [];
  readonly embedded: Embedded[] = [];
  readonly findings: { place: Place; message: string }[] = [];
  readonly #language: string;

  constructor(language: string) {
    this.#language = language;
  }

  read(cell: Cell, number: number): void {
    if (cell.source.trim() === "") return;
    const isFrontMatter = cell.cell_type === "raw" && number === 1 && cell.source.startsWith("---");
    if (cell.cell_type === "markdown" || isFrontMatter) this.#readMarkdown(cell, number);
    else if (cell.cell_type === "code") this.#readCode(cell, number);
    else {
      this.findings.push({ place: `cell ${number}`, message: "A raw cell is kept as a listing." });
      this.#addListing("text", cell.source, `cell ${number}`);
    }
  }

  #readMarkdown({ source: text, attachments }: Cell, number: number): void {
    for (const [name, versions] of Object.entries(attachments)) this.#embed(`attachment:${name}`, versions);
    for (const [index, line] of text.split("\n").entries()) {
      this.lines.push({ text: line, place: `cell ${number}, line ${index + 1}` });
    }
    this.#addBlank(`cell ${number}`);
  }

  #readCode({ source: text, outputs }: Cell, number: number): void {
    this.#addListing(this.#language, text, `cell ${number}`);
    for (const [index, each] of outputs.entries()) this.#readOutput(each, `cell ${number}, output ${index + 1}`);
  }

  #readOutput(output: Output, place: Place): void {
    if (output.output_type === "stream") {
      this.#addListing("text", output.text.trimEnd(), place);
      return;
    }
    if (output.output_type === "error") {
      this.#addListing("text", stripVTControlCharacters(output.traceback.join("\n")), place);
      return;
    }
    const { data: versions } = output;
    const image = this.#embed(`output:${place}`, versions);
    const text = (type: string): string | undefined => {
      const parsed = v.safeParse(source, versions[type]);
      return parsed.success ? parsed.output.trimEnd() : undefined;
    };
    const plain = text("text/plain");
    const markdown = text("text/markdown") ?? text("text/latex");
    if (image !== undefined) {
      this.#addBlank(place);
      this.lines.push({ text: `![](<${image}>)`, place });
      this.#addBlank(place);
    } else if (markdown !== undefined) {
      this.#addBlank(place);
      for (const line of markdown.split("\n")) this.lines.push({ text: line, place });
      this.#addBlank(place);
    } else if (plain !== undefined) this.#addListing("text", plain, place);
    const lost = Object.keys(versions).filter(
      (type) => !/^text\/(plain|markdown|latex)$|^image\/(png|jpeg)$/.test(type),
    );
    if (lost.length === 0) return;
    const kept = (image ?? markdown ?? plain) ? "only its simpler version is kept" : "it is not kept";
    this.findings.push({ place, message: `Output of type ${lost.join(", ")} cannot be shown: ${kept}.` });
  }

  /** The name of the image among these versions of an output. */
  #embed(name: string, versions: Readonly<Record<string, unknown>>): string | undefined {
    for (const [type, extension] of [
      ["image/png", "png"],
      ["image/jpeg", "jpg"],
    ] as const) {
      const parsed = v.safeParse(source, versions[type]);
      if (!parsed.success) continue;
      this.embedded.push({ name, bytes: Buffer.from(parsed.output, "base64"), extension });
      return name;
    }
    return undefined;
  }

  #addListing(language: string, text: string, place: Place): void {
    // A fence is longer than any in the listing.
    const fence = "`".repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
    this.#addBlank(place);
    this.lines.push({ text: `${fence}${language}`, place });
    for (const [index, line] of text.split("\n").entries()) {
      this.lines.push({ text: line, place: place.includes("output") ? place : `${place}, line ${index + 1}` });
    }
    this.lines.push({ text: fence, place });
    this.#addBlank(place);
  }

  #addBlank(place: Place): void {
    if (this.lines.at(-1)?.text !== "") this.lines.push({ text: "", place });
  }
}
