/** Converts a text block by block: listings, boxes, formulas, headings, tables, paragraphs. */
import { parseAttributes, reportOthers } from "./attributes.ts";
import { boxFor, boxLines, environmentOfLabel, labelBox, titleOf, trimBlank } from "./box-kinds.ts";
import { codeBlock } from "./code-block.ts";
import type { Draft } from "./draft.ts";
import { displayedFormula, environmentOf, readFormula } from "./equations.ts";
import { convertInline } from "./inline.ts";
import { asCode } from "./inline-context.ts";
import type { Line, Place } from "./original.ts";

/** Lines that end a paragraph, because they begin another block. */
const blockStart =
  /^\s*(`{3,}|~{3,}|:{3,}|\$\$|\\\\?\[|#{1,6}\s|\{%-?\s*(highlight|endhighlight)|\{\{[<%]\s*\/?(highlight|callout|notice|alert|admonition|details)|\{:|\(\S+\)=\s*$|:label:`|:eqlabel:`|>|\[\^[^\]\s]+\]:|: )/;

export class BlockConverter {
  readonly #lines: readonly Line[];
  readonly #draft: Draft;
  readonly #isInBox: boolean;
  readonly #output: string[] = [];
  /** Label that precedes the next block: `(name)=`. */
  #pending: string | undefined;
  /** The last heading or table, which a label may follow. */
  #last: { readonly kind: "heading"; readonly text: string } | { readonly kind: "other" } = { kind: "other" };
  #at = 0;

  constructor(lines: readonly Line[], draft: Draft, isInBox = false) {
    this.#lines = lines;
    this.#draft = draft;
    this.#isInBox = isInBox;
  }

  convert(): string[] {
    while (this.#at < this.#lines.length) this.#convertNext();
    return this.#output;
  }

  #convertNext(): void {
    const { text, place } = this.#lines[this.#at] as Line;
    const fence = /^(\s*)(`{3,}|~{3,})(.*)$/.exec(text);
    if (text.trim() === "") this.#take("");
    else if (fence) this.#convertFence(fence, place);
    else if (/^\s*:{3,}\s*\S/.test(text)) this.#convertDiv(text, place);
    else if (/^\s*:{3,}\s*$/.test(text)) this.#drop("This `:::` closes nothing, so it was removed.");
    else if (/^\s*\$\$/.test(text) || /^\s*\\\\?\[/.test(text) || environmentOf(text) !== undefined)
      this.#convertFormula(text, place);
    else if (/^#{1,6}\s/.test(text)) this.#convertHeading(text, place);
    else if (/^>\s*\[!/.test(text)) this.#convertCallout(text, place);
    else if (/^\{%-?\s*highlight\s|^\{\{[<%]\s*highlight\s/.test(text)) this.#convertHighlight(text, place);
    else if (/^\{\{[<%]\s*(callout|notice|alert|admonition|details)\b/.test(text))
      this.#convertShortcodeBox(text, place);
    else if (/^\[\^[^\]\s]+\]:/.test(text)) this.#convertNote(place);
    else if (!this.#convertMark(text, place)) this.#convertParagraph();
  }

  #take(...lines: readonly string[]): void {
    this.#output.push(...lines);
    this.#at += 1;
  }

  #drop(message: string): void {
    this.#draft.find(this.#lines[this.#at]?.place ?? "", message);
    this.#at += 1;
  }

  /** A block with blank lines around it. */
  #addBlock(lines: readonly string[], indentation = ""): void {
    if (this.#output.at(-1)?.trim()) this.#output.push("");
    this.#output.push(...lines.map((line) => (line === "" ? "" : indentation + line)), "");
    this.#last = { kind: "other" };
  }

  /** Lines up to the one that `isEnd` accepts, which is consumed too; a block that is not closed reaches the end. */
  #collect(isEnd: (text: string) => boolean): Line[] {
    const start = this.#at + 1;
    let end = start;
    while (end < this.#lines.length && !isEnd(this.#lines[end]?.text ?? "")) end += 1;
    this.#at = end + 1;
    return this.#lines.slice(start, end);
  }

  #convertFence([, indentation = "", fence = "", info = ""]: RegExpExecArray, place: Place): void {
    const isEnd = (text: string) => {
      const signs = text.trim();
      return signs.length >= fence.length && signs === fence.charAt(0).repeat(signs.length);
    };
    const content = this.#collect(isEnd).map((line) => ({
      ...line,
      text: line.text.replace(new RegExp(`^ {0,${indentation.length}}`), ""),
    }));
    this.#addDirectiveOrCode(info.trim(), content, place, indentation);
  }

  #addDirectiveOrCode(info: string, content: readonly Line[], place: Place, indentation: string): void {
    const label = this.#takePending();
    const block = codeBlock({ info, content, place, label }, this.#draft, (lines) => this.#inner(lines));
    this.#addBlock(block, indentation);
  }

  #inner(lines: readonly Line[]): string[] {
    return new BlockConverter(lines, this.#draft, true).convert();
  }

  /** `::: {.callout-note}` and `:::{note} Title`, with others inside. */
  #convertDiv(text: string, place: Place): void {
    const [, indentation = "", opening = ""] = /^(\s*):{3,}\s*(.*?)\s*:*\s*$/.exec(text) ?? [];
    const content = this.#collectDiv();
    if (/^\{[a-z][\w:-]*\}/.test(opening)) {
      this.#addDirectiveOrCode(opening, content, place, indentation);
      return;
    }
    const attributes = parseAttributes(opening.startsWith("{") ? opening.slice(1, -1) : `.${opening}`);
    const title = titleOf(attributes, content);
    reportOthers(attributes, ["title", "name"], "a block", (message) => this.#draft.find(place, message));
    const name = attributes.classes.find((each) => boxFor(each, "") !== undefined);
    const environment = environmentOfLabel(attributes.id ?? "") ?? name;
    const start =
      environment === undefined
        ? undefined
        : boxFor(
            environment,
            convertInline(title.text, () => place, this.#draft),
          );
    const inner = new BlockConverter(title.rest, this.#draft, this.#isInBox || start !== undefined).convert();
    if (start && !this.#isInBox) {
      this.#addBlock(boxLines(start, inner, labelBox(start, attributes.id, this.#draft)), indentation);
      return;
    }
    if (start && attributes.id !== undefined) {
      this.#draft.label(attributes.id, { kind: "other", words: start.title || start.name });
    }
    this.#draft.find(
      place,
      start
        ? "Boxes cannot be nested: of the inner one the content is kept."
        : `Of the block \`${opening}\` only the content is kept.`,
    );
    const heading = title.text === "" ? [] : [`**${convertInline(title.text, () => place, this.#draft)}**`, ""];
    this.#addBlock([...heading, ...trimBlank(inner)], indentation);
  }

  #collectDiv(): Line[] {
    let depth = 1;
    let fence: string | undefined;
    return this.#collect((text) => {
      const signs = /^\s*(`{3,}|~{3,})/.exec(text)?.[1];
      if (fence === undefined && signs !== undefined) fence = signs;
      else if (fence !== undefined && text.trim().startsWith(fence)) fence = undefined;
      if (fence !== undefined) return false;
      if (/^\s*:{3,}\s*$/.test(text)) depth -= 1;
      else if (/^\s*:{3,}\s*\S/.test(text)) depth += 1;
      return depth === 0;
    });
  }

  #convertFormula(text: string, place: Place): void {
    const formula = readFormula(this.#lines.slice(this.#at).map((line) => line.text));
    if (formula === undefined) {
      this.#convertParagraph();
      return;
    }
    const indentation = /^\s*/.exec(text)?.[0] ?? "";
    this.#at += formula.length;
    const label = formula.label ?? this.#takePending();
    this.#addBlock(displayedFormula(formula.tex, label, place, this.#draft), indentation);
    if (formula.rest !== "") this.#addBlock([convertInline(formula.rest, () => place, this.#draft)], indentation);
  }

  #convertHeading(text: string, place: Place): void {
    const [, signs = "", written = "", attributes] = /^(#{1,6})\s+(.*?)(?:\s+\{:?([^}]*)\})?\s*#*\s*$/.exec(text) ?? [];
    const { id } = parseAttributes(attributes ?? "");
    const heading = convertInline(written, () => place, this.#draft);
    for (const label of [id, this.#takePending()]) {
      if (label !== undefined) this.#draft.label(label, { kind: "section", heading });
    }
    const level = Math.min(6, this.#draft.nestHeading(signs.length));
    this.#addBlock([`${"#".repeat(level)} ${heading}`]);
    this.#last = { kind: "heading", text: heading };
    this.#at += 1;
  }

  /** `> [!NOTE] Title` of GitHub and Obsidian. */
  #convertCallout(text: string, place: Place): void {
    const [, name = "", title = ""] = /^>\s*\[!([\w-]+)\][+-]?\s*(.*)$/.exec(text) ?? [];
    const quoted: Line[] = [];
    for (this.#at += 1; /^>/.test(this.#lines[this.#at]?.text ?? ""); this.#at++) {
      const line = this.#lines[this.#at] as Line;
      quoted.push({ ...line, text: line.text.replace(/^>\s?/, "") });
    }
    const start = boxFor(
      name,
      convertInline(title, () => place, this.#draft),
    ) ?? { name: "note", title: title || name };
    this.#addBlock(boxLines(start, this.#inner(quoted)));
  }

  #convertHighlight(text: string, place: Place): void {
    const [, language = "text", options = ""] = /highlight\s+"?([\w+#-]+)"?\s*(.*?)\s*[-%>]*\}/.exec(text) ?? [];
    if (options !== "") this.#draft.find(place, `Of a listing, ${asCode(options)} was removed.`);
    const content = this.#collect((line) => /^\{%-?\s*endhighlight|^\{\{[<%]\s*\/\s*highlight/.test(line.trim()));
    this.#addDirectiveOrCode(language, content, place, "");
  }

  #convertShortcodeBox(text: string, place: Place): void {
    const [, shortcode = "", rest = ""] = /^\{\{[<%]\s*(\w+)\s*(.*?)\s*[>%]\}\}/.exec(text) ?? [];
    const { values, classes } = parseAttributes(rest);
    const content = this.#collect((line) => new RegExp(`^\\{\\{[<%]\\s*/\\s*${shortcode}`).test(line.trim()));
    const kind = values.type ?? classes[0] ?? shortcode;
    const title = values.title ?? values.summary ?? /"([^"]*)"/.exec(rest)?.[1] ?? "";
    const start = boxFor(kind, title) ?? { name: "note", title: title || kind };
    if (this.#isInBox) this.#draft.find(place, "Boxes cannot be nested: of the inner one the content is kept.");
    const inner = this.#inner(content);
    this.#addBlock(this.#isInBox ? trimBlank(inner) : boxLines(start, inner));
  }

  /** `[^a]: Text.`, whose further paragraphs are indented in other dialects; ours has one. */
  #convertNote(place: Place): void {
    const paragraphs: Line[] = [this.#lines[this.#at] as Line];
    for (this.#at += 1; this.#at < this.#lines.length; this.#at++) {
      const line = this.#lines[this.#at] as Line;
      const isBlankInside = line.text.trim() === "" && /^( {2,}|\t)\S/.test(this.#lines[this.#at + 1]?.text ?? "");
      if (!isBlankInside && !/^( {2,}|\t)\S/.test(line.text) && (line.text.trim() === "" || blockStart.test(line.text)))
        break;
      paragraphs.push(line);
    }
    if (paragraphs.some(({ text }) => text.trim() === "")) {
      this.#draft.find(place, "A note has one paragraph, so its paragraphs were joined.");
    }
    const text = paragraphs
      .map((line) => line.text.trim())
      .filter((line) => line !== "")
      .join("\n");
    const [, head = "", body = ""] = /^(\[\^[^\]\s]+\]:)\s*([\s\S]*)$/.exec(text) ?? [];
    this.#addBlock([`${head} ${convertInline(body, () => place, this.#draft)}`]);
  }

  /** Lines that only say something about a neighbouring block. */
  #convertMark(text: string, place: Place): boolean {
    const target = /^\((\S+)\)=\s*$/.exec(text)?.[1];
    const label = /^:label:`([^`]+)`\s*$/.exec(text.trim())?.[1];
    const [, caption, attributes] = /^(?:: |Table: )(.+?)(?:\s*\{([^}]*)\})?\s*$/.exec(text) ?? [];
    if (target !== undefined) {
      this.#pending = target;
      this.#at += 1;
    } else if (label !== undefined) {
      if (this.#last.kind === "heading") this.#draft.label(label, { kind: "section", heading: this.#last.text });
      else this.#draft.label(label, { kind: "other", words: "above" });
      this.#at += 1;
    } else if (/^\{:[^}]*\}\s*$/.test(text)) this.#drop(`The attributes ${asCode(text)} were removed.`);
    else if (/^\s*([*+-]|1[.)])\s+toc\s*$/i.test(text) && /^\{:\s*toc/.test(this.#lines[this.#at + 1]?.text ?? "")) {
      this.#at += 1;
      this.#drop("The table of contents was removed: every page has one.");
    } else if (/^%\s/.test(text)) this.#take(`<!-- ${text.slice(1).trim().replaceAll("--", "- -")} -->`);
    else if (/^\[\[?toc\]?\]$/i.test(text.trim()) || /^\[_TOC_\]$/.test(text.trim()))
      this.#drop("The table of contents was removed: every page has one.");
    else if (caption !== undefined && this.#followsTable()) {
      const { id } = parseAttributes(attributes ?? "");
      const label = id === undefined ? "" : ` ${this.#draft.element("tbl", id)}`;
      this.#addBlock([`: ${convertInline(caption, () => place, this.#draft)}${label}`]);
      this.#at += 1;
    } else return false;
    return true;
  }

  #followsTable(): boolean {
    return /^\s*\|?.*\|/.test(this.#output.findLast((line) => line.trim() !== "") ?? "");
  }

  #takePending(): string | undefined {
    const label = this.#pending;
    this.#pending = undefined;
    return label;
  }

  #convertParagraph(): void {
    const start = this.#at;
    do this.#at += 1;
    while (
      this.#at < this.#lines.length &&
      this.#lines[this.#at]?.text.trim() !== "" &&
      !blockStart.test(this.#lines[this.#at]?.text ?? "")
    );
    const lines = this.#lines.slice(start, this.#at);
    const text = lines.map((line) => line.text).join("\n");
    const placeOf = (offset: number): Place => lines[text.slice(0, offset).split("\n").length - 1]?.place ?? "";
    const image = /^!\[/.test(text.trim()) ? this.#takePending() : undefined;
    const attributes = /^\s*\{:([^}]*)\}\s*$/.exec(this.#lines[this.#at]?.text ?? "");
    if (attributes && image === undefined) this.#convertMark(attributes[0], this.#lines[this.#at]?.place ?? "");
    this.#output.push(...convertInline(text, placeOf, this.#draft).split("\n"));
    // d2l labels an image on the line below it.
    const label =
      image ??
      (/^!\[/.test(text.trim()) ? /^:label:`([^`]+)`/.exec(this.#lines[this.#at]?.text ?? "")?.[1] : undefined);
    if (label !== undefined) {
      this.#output.push(`${this.#output.pop() ?? ""}${this.#draft.element("fig", label)}`);
    }
    if (image === undefined && label !== undefined) this.#at += 1;
    this.#last = { kind: "other" };
  }
}
