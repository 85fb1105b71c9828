/** Sanitises HTML in Markdown with an allow-list of harmless elements. */
import { Tokenizer } from "htmlparser2";

/** Element -> allowed attributes. None of these elements can load, run, link or style anything. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  abbr: ["title"],
  b: [],
  bdi: [],
  bdo: ["dir"],
  br: [],
  cite: [],
  dd: [],
  del: [],
  details: ["open"],
  dfn: ["title"],
  dl: [],
  dt: [],
  hr: [],
  i: [],
  ins: [],
  kbd: [],
  mark: [],
  q: [],
  s: [],
  samp: [],
  small: [],
  span: ["lang", "dir"],
  sub: [],
  summary: [],
  sup: [],
  time: ["datetime"],
  u: [],
  var: [],
  wbr: [],
};

const voidElements: ReadonlySet<string> = new Set(["br", "hr", "wbr"]);

interface HtmlComplaint {
  /** Offset in the fragment. */
  readonly offset: number;
  readonly message: string;
  readonly fix: string;
}

export type HtmlTag = { readonly name: string; readonly opens: boolean; readonly offset: number };

export interface CheckedHtml {
  /** Serialised from what was recognised: no unparsed byte of the author's gets through. */
  readonly html: string;
  readonly tags: readonly HtmlTag[];
  readonly problems: readonly HtmlComplaint[];
}

/** Checks one HTML token of Markdown: often only the opening or only the closing tag. */
export function checkHtml(fragment: string): CheckedHtml {
  const reader = new FragmentReader(fragment);
  const tokenizer = new Tokenizer({ xmlMode: false, decodeEntities: true }, reader);
  tokenizer.write(fragment);
  tokenizer.end();
  return { html: reader.output.join(""), tags: reader.tags, problems: reader.problems };
}

/** Callbacks of the tokenizer. */
class FragmentReader {
  readonly output: string[] = [];
  readonly tags: HtmlTag[] = [];
  readonly problems: HtmlComplaint[] = [];
  readonly #fragment: string;
  #element = { name: "", offset: 0 };
  #attribute = { name: "", value: "" };
  /** Serialised attributes of the current opening tag. */
  #attributes = "";

  constructor(fragment: string) {
    this.#fragment = fragment;
  }

  onopentagname(start: number, end: number): void {
    this.#element = { name: this.#name(start, end), offset: start - 1 };
    this.#attributes = "";
  }

  onattribname(start: number, end: number): void {
    this.#attribute = { name: this.#name(start, end), value: "" };
  }

  onattribdata(start: number, end: number): void {
    this.#attribute.value += this.#fragment.slice(start, end);
  }

  onattribentity(codePoint: number): void {
    this.#attribute.value += String.fromCodePoint(codePoint);
  }

  onattribend(): void {
    const { name, value } = this.#attribute;
    const element = this.#element;
    const known = Object.hasOwn(allowed, element.name) ? allowed[element.name] : undefined;
    if (known?.includes(name)) this.#attributes += ` ${name}="${escapeHtml(value)}"`;
    else if (known) {
      this.problems.push({
        offset: element.offset,
        message: `\`<${element.name}>\` cannot have the attribute \`${name}\` here.`,
        fix: "Remove the attribute; appearance belongs in the stylesheet.",
      });
    }
  }

  onopentagend(): void {
    const { name, offset } = this.#element;
    if (!Object.hasOwn(allowed, name)) {
      this.problems.push({
        offset,
        message: `\`<${name}>\` is not allowed HTML.`,
        fix: `Write it in Markdown, or use one of these: ${Object.keys(allowed).join(", ")}.`,
      });
      return;
    }
    this.output.push(`<${name}${this.#attributes}>`);
    if (!voidElements.has(name)) this.tags.push({ name, opens: true, offset });
  }

  onselfclosingtag(): void {
    this.onopentagend();
  }

  onclosetag(start: number, end: number): void {
    const name = this.#name(start, end);
    if (!Object.hasOwn(allowed, name) || voidElements.has(name)) return;
    this.output.push(`</${name}>`);
    this.tags.push({ name, opens: false, offset: start - 2 });
  }

  ontext(start: number, end: number): void {
    this.output.push(escapeHtml(this.#fragment.slice(start, end)));
  }

  ontextentity(codePoint: number): void {
    this.output.push(escapeHtml(String.fromCodePoint(codePoint)));
  }

  // Comments are dropped without a problem: they are the author's notes.
  readonly oncomment = () => undefined;
  readonly oncdata = () => undefined;
  readonly ondeclaration = () => undefined;
  readonly onprocessinginstruction = () => undefined;
  readonly onend = () => undefined;

  #name(start: number, end: number): string {
    return this.#fragment.slice(start, end).toLowerCase();
  }
}

export const escapeHtml = (text: string): string =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
