/** Holds a chapter while it is converted: what could not be, images to copy, labels and what refers to them. */
import type { Place } from "./original.ts";

/** Something of the original that needs the author's attention. */
export interface Finding {
  readonly place: Place;
  readonly message: string;
}

/** What a label of the original marks, and what is needed to refer to it. */
export type Label =
  /** `name`: its label in the draft. */
  | { readonly kind: "equation"; readonly name: string }
  | { readonly kind: "section"; readonly heading: string }
  /** What has a number: `label` is its label in the draft, `fig:cup`. */
  | { readonly kind: "element"; readonly label: string }
  | { readonly kind: "other"; readonly words: string };

/** Finds and names images; the files are only copied once the whole text is converted. */
export interface ImageCopies {
  /** The name of the copy beside the chapter; `undefined` if there is no such file, or not an image we can show. */
  readonly add: (target: string) => string | undefined;
  readonly addBytes: (bytes: Uint8Array, extension: string) => string;
}

/** What a conversion needs to know of the library. */
export type Surroundings = Pick<Draft, "images" | "cites" | "chapterOf">;

/** Marks where a reference is written once all labels are known. */
const open = "\uE000";
const close = "\uE001";

export class Draft {
  readonly findings: Finding[] = [];
  readonly citations = new Set<string>();
  readonly images: ImageCopies;
  /** Definitions of notes that were inline, for the end of the text. */
  readonly notes: string[] = [];
  /** Whether a bare `@key` cites a work. */
  readonly cites: (key: string) => boolean;
  /** The slug of the chapter that a link leads to, if it is one of this book. */
  readonly chapterOf: (target: string) => string | undefined;
  /** Levels in the original of the headings that enclose the current place. */
  readonly #levels: number[] = [];
  readonly #labels = new Map<string, Label>();
  readonly #references: {
    readonly label: string;
    readonly written: string;
    readonly text: string;
    readonly place: Place;
  }[] = [];

  constructor({ images, cites, chapterOf }: Surroundings) {
    this.images = images;
    this.cites = cites;
    this.chapterOf = chapterOf;
  }

  find(place: Place, message: string): void {
    this.findings.push({ place, message });
  }

  label(name: string, label: Label): void {
    this.#labels.set(name, label);
  }

  /** Level of a heading by its nesting: those of a chapter start at 2, and skip none. */
  nestHeading(written: number): number {
    while ((this.#levels.at(-1) ?? 0) >= written) this.#levels.pop();
    this.#levels.push(written);
    return 1 + this.#levels.length;
  }

  /** Labels what has a number, and returns the label in our form: of the figure `fig-cup`, `{#fig:cup}`. */
  element(prefix: string, name: string): string {
    const own = name
      .replace(/^[a-z]{2,4}[-_:]/, "")
      .replace(/[^A-Za-z0-9]+/g, "-")
      .replace(/^-|-$/g, "");
    const label = `${prefix}:${own || "unnamed"}`;
    this.label(name, { kind: "element", label });
    return `{#${label}}`;
  }

  /** Refers to a label that may come later; `text`: the words of a link, if the original has its own. */
  refer(label: string, written: string, place: Place, text = ""): string {
    this.#references.push({ label, written, text, place });
    return `${open}${this.#references.length - 1}${close}`;
  }

  /** The text with all references written out. */
  resolve(text: string, anchorOf: (heading: string) => string | undefined): string {
    return text.replace(/\uE000(\d+)\uE001/g, (_, index: string) => {
      const reference = this.#references[Number(index)];
      if (!reference) return "";
      const { label: name, written, place, text: own } = reference;
      const label = this.#labels.get(name);
      switch (label?.kind) {
        case "equation":
          return `\\eqref{${label.name}}`;
        case "section": {
          const anchor = anchorOf(label.heading);
          return anchor === undefined ? label.heading : `[${own || label.heading}](#${anchor})`;
        }
        case "element":
          return own === "" ? `[@${label.label}]` : `${own} ([@${label.label}])`;
        case "other":
          this.find(place, `\`${written}\` became “${label.words}”, as text.`);
          return own || label.words;
        default:
          this.find(place, `\`${written}\` refers to a label that is not in this file.`);
          return own ? `${own} (\`${written}\`)` : `\`${written.replaceAll("`", "'")}\``;
      }
    });
  }
}
