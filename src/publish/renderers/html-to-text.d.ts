/** Declares the parts of html-to-text that we use; it ships no types. */
declare module "html-to-text" {
  interface BlockTextBuilder {
    openBlock(options: {
      readonly leadingLineBreaks?: number;
      readonly reservedLineLength?: number;
      readonly isPre?: boolean;
    }): void;
    closeBlock(options: {
      readonly trailingLineBreaks?: number;
      readonly blockTransform?: (text: string) => string;
    }): void;
    addInline(text: string): void;
  }
  export type Formatter = (
    element: { readonly children: unknown; readonly attribs: Readonly<Record<string, string>> },
    walk: (children: unknown, builder: BlockTextBuilder) => void,
    builder: BlockTextBuilder,
  ) => void;
  export function compile(options: {
    readonly wordwrap: number;
    readonly formatters: Readonly<Record<string, Formatter>>;
    readonly selectors: readonly {
      readonly selector: string;
      readonly format?: string;
      readonly options?: Readonly<Record<string, unknown>>;
    }[];
  }): (html: string) => string;
}
