/**
 * A mail frozen for everybody: the JSON of a `Message` in which four places are left open. It lies in KV
 * under the hash of its bytes, so that every attempt, after whatever deploy, posts the same ones.
 */
import type { Message } from "../mail/mailer.ts";

/** Stand in a template where each copy differs. A NUL, so that no text of an author holds one. */
export const marks = {
  to: "\0to\0",
  subscriber: "\0subscriber\0",
  preferences: "\0preferences\0",
  leave: "\0leave\0",
} as const;

export type Open = { readonly [name in keyof typeof marks]: string };

/** The template's text: what `fillTemplate` cuts at its marks. */
export const templateOf = (message: Message): string => JSON.stringify(message);

export const templateKey = (hash: string): string => `mail/template/${hash}`;

/** One copy's JSON. Values are put in as JSON, whatever they hold; `$&` means nothing here. */
export function fillTemplate(template: string, values: Open): string {
  return template
    .split(/\\u0000(to|subscriber|preferences|leave)\\u0000/)
    .map((part, index) => (index % 2 === 0 ? part : JSON.stringify(values[part as keyof Open]).slice(1, -1)))
    .join("");
}
