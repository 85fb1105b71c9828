/** Limits the length of functions to one screen, including components, methods and arrow functions. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync, Visitor } from "oxc-parser";
import { expect, test } from "vitest";
import { atLeast } from "../own-library.ts";
import { repository } from "../world.ts";

const maxLines = 60;

interface FoundFunction {
  /** First line, counted from 1. */
  readonly line: number;
  readonly lines: number;
}

function functionsIn(file: string, text: string): FoundFunction[] {
  const { program, errors } = parseSync(file, text);
  if (errors[0] !== undefined) throw new Error(`${file}: ${errors[0].message}`);
  const breaks = [...text.matchAll(/\n/g)].map(({ index }) => index);
  const lineAt = (offset: number) => 1 + breaks.filter((at) => at < offset).length;
  const found: FoundFunction[] = [];
  const add = ({ start, end }: { readonly start: number; readonly end: number }) => {
    const line = lineAt(start);
    found.push({ line, lines: lineAt(end) - line + 1 });
  };
  new Visitor({ FunctionDeclaration: add, FunctionExpression: add, ArrowFunctionExpression: add }).visit(program);
  return found;
}

const files = ["src", "content"].flatMap((folder) =>
  readdirSync(join(repository, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(ts|tsx|mjs)$/.test(name) && !name.endsWith(".d.ts"))
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`),
);

test(`no function has more than ${maxLines} lines`, () => {
  const all = files.flatMap((file) =>
    functionsIn(file, readFileSync(join(repository, file), "utf8")).map((found) => ({ file, ...found })),
  );
  expect(all.length).toBeGreaterThan(atLeast(3000));
  const long = all.filter(({ lines }) => lines > maxLines);
  expect(long.map(({ file, line, lines }) => `${file}:${line} has ${lines} lines`)).toEqual([]);
});

test("lines are counted from the first to the last, whatever kind of function it is", () => {
  const body = "\n".repeat(maxLines);
  const kinds = [
    `export function f() {${body}}`,
    `export const f = async () => {${body}};`,
    `export const Page = ({ name }: Props) => (<p>${body}{name}</p>);`,
    `class A { #method(): void {${body}} }`,
    `const app = { get f() {${body}return 1; } };`,
    `routes.get("/", function* (): Generator {${body}});`,
  ];
  for (const kind of kinds) {
    expect(functionsIn("sample.tsx", kind)).toEqual([{ line: 1, lines: maxLines + 1 }]);
    expect(functionsIn("sample.tsx", kind.replace("\n", ""))).toEqual([{ line: 1, lines: maxLines }]);
  }
  expect(functionsIn("sample.ts", `\n\nconst f = () => {\n  g(() =>\n    1);\n};`)).toEqual([
    { line: 3, lines: 4 },
    { line: 4, lines: 2 },
  ]);
});
