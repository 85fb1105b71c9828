/** Parses attributes as pandoc, kramdown, MyST and shortcodes write them. */

export interface Attributes {
  readonly id: string | undefined;
  readonly classes: readonly string[];
  readonly values: Readonly<Record<string, string>>;
}

/** The inside of `{#id .class key="value"}`; shortcodes and Liquid tags have the same values without the others. */
export function parseAttributes(written: string): Attributes {
  let id: string | undefined;
  const classes: string[] = [];
  const values: Record<string, string> = {};
  for (const [, name, double, single, bare, mark] of written.matchAll(
    /([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s}"']+))|([#.]?[\w:./-]+)/g,
  )) {
    if (name !== undefined) values[name.toLowerCase()] = double ?? single ?? bare ?? "";
    else if (mark?.startsWith("#")) id = mark.slice(1);
    else if (mark !== undefined) classes.push(mark.replace(/^\./, ""));
  }
  return { id, classes, values };
}

/** Reports values that have no equivalent, such as `width=70%`. */
export function reportOthers(
  { values }: Attributes,
  used: readonly string[],
  what: string,
  find: (message: string) => void,
): void {
  const others = Object.entries(values).filter(([name]) => !used.includes(name));
  if (others.length === 0) return;
  find(`Of ${what}, \`${others.map(([name, value]) => `${name}=${value}`).join(" ")}\` was removed.`);
}

export interface Directive {
  /** Lines `:name: value` or a YAML block at the start. */
  readonly options: Readonly<Record<string, string>>;
  /** Index of the first line after the options. */
  readonly start: number;
}

/** The options of a MyST directive. */
export function parseOptions(lines: readonly string[]): Directive {
  const options: Record<string, string> = {};
  let start = 0;
  if (lines[0]?.trim() === "---") {
    const end = lines.findIndex((line, index) => index > 0 && line.trim() === "---");
    for (const line of end === -1 ? [] : lines.slice(1, end)) addOption(options, /^\s*([\w-]+):\s*(.*)$/.exec(line));
    return { options, start: end + 1 };
  }
  for (; start < lines.length; start++) {
    const option = /^\s*:([\w-]+):\s*(.*)$/.exec(lines[start] ?? "");
    if (!option) break;
    addOption(options, option);
  }
  return { options, start };
}

function addOption(options: Record<string, string>, match: RegExpExecArray | null): void {
  const [, name, value = ""] = match ?? [];
  if (name !== undefined) options[name] = value.trim().replace(/^(["'])(.*)\1$/, "$2");
}
