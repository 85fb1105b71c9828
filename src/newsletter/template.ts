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

/** Text, the name of a mark, text, and so on: cut once, and filled for every copy. */
export type Template = readonly string[];

/** The template's text, as it is kept. */
export const templateOf = (message: Message): string => JSON.stringify(message);

export const templateKey = (hash: string): string => `mail/template/${hash}`;

export const cutTemplate = (text: string): Template => text.split(/\\u0000(to|subscriber|preferences|leave)\\u0000/);

/** One copy's JSON. Values are put in as JSON, whatever they hold; `$&` means nothing here. */
export function fillTemplate(template: Template, { to, subscriber, preferences, leave }: Open): string {
  const inside = (value: string) => JSON.stringify(value).slice(1, -1);
  const values: Readonly<Record<string, string>> = {
    to: inside(to),
    subscriber: inside(subscriber),
    preferences: inside(preferences),
    leave: inside(leave),
  };
  return template.map((part, index) => (index % 2 === 0 ? part : values[part])).join("");
}
