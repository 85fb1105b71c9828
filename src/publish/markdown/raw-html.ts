/** HTML that the author writes into Markdown: a short list of harmless elements, and nothing else. */
import { Tokenizer } from "htmlparser2";

/** Element -> attributes that it may carry. No element here can load, run, link or style anything. */
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
  /** Written anew from what was recognised: nothing of the author's bytes gets through unread. */
  readonly html: string;
  readonly tags: readonly HtmlTag[];
  readonly complaints: readonly HtmlComplaint[];
}

/** One fragment, as it stands between Markdown: often only the opening or only the closing tag. */
export function checkHtml(fragment: string): CheckedHtml {
  const output: string[] = [];
  const tags: HtmlTag[] = [];
  const complaints: HtmlComplaint[] = [];
  const text = (start: number, end: number) => fragment.slice(start, end);
  let element = { name: "", offset: 0 };
  let attribute = { name: "", value: "" };
  let attributes = "";

  const finishOpening = () => {
    const { name, offset } = element;
    if (!Object.hasOwn(allowed, name)) {
      complaints.push({
        offset,
        message: `\`<${name}>\` is not allowed HTML.`,
        fix: `Write it in Markdown, or use one of these: ${Object.keys(allowed).join(", ")}.`,
      });
      return;
    }
    output.push(`<${name}${attributes}>`);
    if (!voidElements.has(name)) tags.push({ name, opens: true, offset });
  };
  const tokenizer = new Tokenizer(
    { xmlMode: false, decodeEntities: true },
    {
      onopentagname(start, end) {
        element = { name: text(start, end).toLowerCase(), offset: start - 1 };
        attributes = "";
      },
      onattribname(start, end) {
        attribute = { name: text(start, end).toLowerCase(), value: "" };
      },
      onattribdata(start, end) {
        attribute.value += text(start, end);
      },
      onattribentity(codePoint) {
        attribute.value += String.fromCodePoint(codePoint);
      },
      onattribend() {
        const known = Object.hasOwn(allowed, element.name) ? allowed[element.name] : undefined;
        if (known?.includes(attribute.name)) attributes += ` ${attribute.name}="${escapeHtml(attribute.value)}"`;
        else if (known) {
          complaints.push({
            offset: element.offset,
            message: `\`<${element.name}>\` cannot have the attribute \`${attribute.name}\` here.`,
            fix: "Remove the attribute; appearance belongs in the stylesheet.",
          });
        }
      },
      onopentagend: finishOpening,
      onselfclosingtag: finishOpening,
      onclosetag(start, end) {
        const name = text(start, end).toLowerCase();
        if (!Object.hasOwn(allowed, name) || voidElements.has(name)) return;
        output.push(`</${name}>`);
        tags.push({ name, opens: false, offset: start - 2 });
      },
      ontext: (start, end) => output.push(escapeHtml(text(start, end))),
      ontextentity: (codePoint) => output.push(escapeHtml(String.fromCodePoint(codePoint))),
      // Comments are left out of the page without a word: they are the author's notes.
      oncomment: () => undefined,
      oncdata: () => undefined,
      ondeclaration: () => undefined,
      onprocessinginstruction: () => undefined,
      onend: () => undefined,
    },
  );
  tokenizer.write(fragment);
  tokenizer.end();
  return { html: output.join(""), tags, complaints };
}

export const escapeHtml = (text: string): string =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
