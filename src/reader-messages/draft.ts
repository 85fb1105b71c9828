/** Reads what a form begins with from the query of a link: the text, and the passage in it. */
import { typedLine, typedText } from "../http/typed-text.ts";
import type { Catalogue, CatalogueEntry } from "../library/catalogue.ts";

/** Characters of each field. */
export const maxLengths = { quote: 500, place: 120, message: 4000, email: 254 } as const;

/** The fields of the form, as typed or from a link. */
export interface Draft {
  /** The text that the message is about, if it is public. */
  readonly entry: CatalogueEntry | undefined;
  /** Id of an element of the text; empty if unknown. */
  readonly fragment: string;
  readonly quote: string;
  readonly place: string;
  readonly message: string;
  readonly email: string;
  /** Identifies the form, so submitting it twice sends one message. */
  readonly form: string;
}

/** Ids of headings, equations and other elements; anything else is no place to link to. */
export const fragmentOf = (text: string): string =>
  /^[\p{L}\p{N}][\p{L}\p{N}\p{M}._:-]{0,150}$/u.test(text) ? text : "";

/** `form` is a new id. */
export function draftFrom(query: Readonly<Record<string, string>>, catalogue: Catalogue, form: string): Draft {
  return {
    entry: catalogue.byId.get(query.text ?? ""),
    fragment: fragmentOf(query.at ?? ""),
    quote: typedText(query.quote ?? "", maxLengths.quote) ?? "",
    place: typedLine(query.place ?? "", maxLengths.place) ?? "",
    message: "",
    email: "",
    form,
  };
}
