/**
 * Defines templates: the JSON of a `Message` with four placeholders. It is stored in KV under the hash of its bytes, so
 * every attempt, after any deploy, sends the same bytes.
 */
import type { Message } from "../mail/mailer.ts";

/** Placeholders. They contain NUL, which no author's text does. */
export const marks = {
  to: "\0to\0",
  subscriber: "\0subscriber\0",
  preferences: "\0preferences\0",
  leave: "\0leave\0",
} as const;

export type Open = { readonly [name in keyof typeof marks]: string };

/** A template split at its marks and encoded once per run. */
export interface Template {
  /** UTF-8 segments before, between and after the marks. */
  readonly segments: readonly Uint8Array[];
  /** The marks in order: one fewer than segments. */
  readonly names: readonly (keyof Open)[];
}

/** The template's text as stored. */
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
