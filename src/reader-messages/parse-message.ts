/** Validates a submitted form. */
import { textOf } from "../http/read-form.ts";
import { typedLine, typedText } from "../http/typed-text.ts";
import type { Catalogue } from "../library/catalogue.ts";
import { pageOf } from "../library/counted-pages.ts";
import { parseAddress } from "../subscribers/address.ts";
import { type Draft, fragmentOf, maxLengths } from "./draft.ts";

/** As stored. */
export interface NewMessage {
  readonly page: string | null;
  /** Title of that text. */
  readonly title: string | undefined;
  readonly fragment: string | null;
  readonly place: string | null;
  readonly quote: string | null;
  readonly message: string;
  readonly email: string | null;
}

export type Mistake = { readonly field: "message" | "email"; readonly problem: "empty" | "notAnAddress" };

export type Submission =
  | { readonly kind: "message"; readonly draft: Draft; readonly message: NewMessage }
  | { readonly kind: "mistake"; readonly draft: Draft; readonly mistake: Mistake };

/** The form as it was filled in, and the message in it. `newForm` is used if the form has no id. */
export function parseMessage(form: FormData, catalogue: Catalogue, newForm: string): Submission {
  const entry = catalogue.byId.get(textOf(form, "text"));
  const typed = (name: "quote" | "message") => typedText(textOf(form, name), maxLengths[name]);
  const [quote, message] = [typed("quote"), typed("message")];
  const place = typedLine(textOf(form, "place"), maxLengths.place);
  const email = typedLine(textOf(form, "email"), maxLengths.email);
  const fragment = fragmentOf(textOf(form, "at"));
  const id = textOf(form, "form");
  const draft = {
    entry,
    fragment,
    quote: quote ?? "",
    place: place ?? "",
    message: message ?? "",
    email: email ?? "",
    form: /^[0-9a-f-]{36}$/.test(id) ? id : newForm,
  };
  const mistake = (field: Mistake["field"], problem: Mistake["problem"]): Submission => ({
    kind: "mistake",
    draft,
    mistake: { field, problem },
  });
  if (message === null) return mistake("message", "empty");
  const address = email === null ? undefined : parseAddress(email);
  if (email !== null && address === undefined) return mistake("email", "notAnAddress");
  return {
    kind: "message",
    draft,
    message: {
      page: entry ? pageOf(entry) : null,
      title: entry && (entry.isOverview ? entry.book.title : entry.chapter.title),
      fragment: entry && fragment !== "" ? fragment : null,
      place,
      quote,
      message,
      email: address ?? null,
    },
  };
}
