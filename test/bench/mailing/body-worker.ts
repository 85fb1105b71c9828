/**
 * Fills bodies of a batch as often as requested, and posts them on request: as the block of bytes that the library
 * sends, or as the strings that it used to join, kept here for comparison. The request's body is the template.
 */
import { encodeBatch } from "../../../src/editions/sending/batch-body.ts";
import { cutTemplate, type Open } from "../../../src/editions/template.ts";

const idOf = (index: number): string => `3b241101-e2bb-4255-8caf-${String(index).padStart(12, "0")}`;

const copies: readonly Open[] = Array.from({ length: 100 }, (_, index) => ({
  to: `reader${index}@example.com`,
  subscriber: idOf(index),
  preferences: `preferences.${"p".repeat(100)}.${index}`,
  leave: `${idOf(index)}.${"0".repeat(32)}`,
}));

function fillBytes(text: string): () => Uint8Array {
  // Once per run.
  const template = cutTemplate(text);
  return () => encodeBatch(copies.map((open) => ({ template, open })));
}

function fillStrings(text: string): () => string {
  const parts = text.split(/\\u0000(to|subscriber|preferences|leave)\\u0000/);
  const inside = (value: string) => JSON.stringify(value).slice(1, -1);
  const fill = ({ to, subscriber, preferences, leave }: Open) => {
    const values: Readonly<Record<string, string>> = {
      to: inside(to),
      subscriber: inside(subscriber),
      preferences: inside(preferences),
      leave: inside(leave),
    };
    return parts.map((part, index) => (index % 2 === 0 ? part : values[part])).join("");
  };
  return () => `[${copies.map(fill).join(",")}]`;
}

export default {
  async fetch(request: Request, { PROVIDER }: { readonly PROVIDER: string }): Promise<Response> {
    const { searchParams } = new URL(request.url);
    const text = await request.text();
    const fill = searchParams.get("as") === "bytes" ? fillBytes(text) : fillStrings(text);
    const isPosted = searchParams.get("post") === "yes";
    let bytes = 0;
    for (let times = Number(searchParams.get("times")); times > 0; times -= 1) {
      const body = fill();
      if (isPosted) bytes += Number(await (await fetch(PROVIDER, { method: "POST", body })).text());
      // As `fetch` does with a string.
      else bytes += (typeof body === "string" ? new TextEncoder().encode(body) : body).byteLength;
    }
    return new Response(String(bytes));
  },
};
