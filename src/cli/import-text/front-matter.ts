/** Splits the front matter of the other dialects off a text: YAML, Hugo's TOML, or none. */
import { parse as parseToml, TomlError } from "smol-toml";
import { isMap, isScalar, LineCounter, parseDocument } from "yaml";
import type { Line, Place } from "./original.ts";

export interface Field {
  readonly name: string;
  readonly value: unknown;
  readonly place: Place;
  /** As written, to keep what has no equivalent. */
  readonly source: readonly string[];
}

export interface SplitText {
  readonly fields: readonly Field[];
  readonly body: readonly Line[];
  /** Set if the front matter cannot be parsed: its lines are then `source` of a field without a name. */
  readonly isBroken: boolean;
}

export function splitFrontMatter(lines: readonly Line[]): SplitText {
  const first = lines.findIndex(({ text }) => text.trim() !== "");
  const fence = lines[first]?.text.trim() ?? "";
  const end = lines.findIndex(
    ({ text }, index) => index > first && (text.trim() === fence || (fence === "---" && text.trim() === "...")),
  );
  if ((fence !== "---" && fence !== "+++") || end === -1) return { fields: [], body: lines, isBroken: false };
  const inside = lines.slice(first + 1, end);
  const fields = fence === "---" ? yamlFields(inside) : tomlFields(inside);
  const body = lines.slice(end + 1);
  if (fields) return { fields, body, isBroken: false };
  const whole = { name: "", value: undefined, place: inside[0]?.place ?? "1", source: inside.map(({ text }) => text) };
  return { fields: [whole], body, isBroken: true };
}

function yamlFields(lines: readonly Line[]): Field[] | undefined {
  const counter = new LineCounter();
  const document = parseDocument(lines.map(({ text }) => text).join("\n"), {
    lineCounter: counter,
    prettyErrors: false,
    uniqueKeys: false,
  });
  if (document.errors.length > 0) return undefined;
  if (!isMap(document.contents)) return [];
  const values = document.toJS() as Readonly<Record<string, unknown>>;
  const starts = document.contents.items.map(({ key }) => ({
    name: String(isScalar(key) ? key.value : key),
    from: isScalar(key) && key.range ? counter.linePos(key.range[0]).line - 1 : 0,
  }));
  return starts.map(({ name, from }, index) => fieldAt(name, values[name], lines, from, starts[index + 1]?.from));
}

function tomlFields(lines: readonly Line[]): Field[] | undefined {
  try {
    const values = parseToml(lines.map(({ text }) => text).join("\n"));
    const starts = Object.keys(values).map((name) => ({
      name,
      from: Math.max(
        0,
        lines.findIndex(({ text }) =>
          new RegExp(`^\\s*(\\[+)?["']?${name.replace(/\W/g, "\\$&")}["']?\\s*[=.\\]]`).test(text),
        ),
      ),
    }));
    const ordered = starts.sort((a, b) => a.from - b.from);
    return ordered.map(({ name, from }, index) => fieldAt(name, values[name], lines, from, ordered[index + 1]?.from));
  } catch (error) {
    if (error instanceof TomlError) return undefined;
    throw error;
  }
}

const fieldAt = (
  name: string,
  value: unknown,
  lines: readonly Line[],
  from: number,
  to: number | undefined,
): Field => ({
  name,
  value,
  place: lines[from]?.place ?? "1",
  source: lines.slice(from, to).map(({ text }) => text),
});
