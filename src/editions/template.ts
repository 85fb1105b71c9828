/**
 * An email frozen for everybody: the JSON of a `Message` in which four places are left open. It is kept in KV
 * under the hash of its bytes, so that every attempt, after any deploy, posts the same ones.
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

/** Cut at its marks and encoded, once in a run, however many copies it has. */
export interface Template {
  /** UTF-8: what is before the first mark, between two, and after the last one. */
  readonly segments: readonly Uint8Array[];
  /** Of the marks, in order: one fewer than the segments. */
  readonly names: readonly (keyof Open)[];
}

/** The template's text, as it is kept. */
export const templateOf = (message: Message): string => JSON.stringify(message);

export const templateKey = (hash: string): string => `mail/template/${hash}`;

const encoder = new TextEncoder();

export function cutTemplate(text: string): Template {
  const parts = text.split(/\\u0000(to|subscriber|preferences|leave)\\u0000/);
  return {
    segments: parts.filter((_, index) => index % 2 === 0).map((part) => encoder.encode(part)),
    names: parts.filter((_, index) => index % 2 === 1) as (keyof Open)[],
  };
}
