/**
 * Encodes the body of a batch: a JSON list of messages as bytes. A batch of a hundred has six megabytes, and Workers Free
 * allows 10 ms of CPU per run: joining strings and encoding them would take most of it. So encoded segments of the template
 * are copied, and only personal values are encoded.
 */
import type { Open, Template } from "../template.ts";

export interface Copy {
  readonly template: Template;
  readonly open: Open;
}

const encoder = new TextEncoder();
const [listBegins, comma, listEnds] = ["[", ",", "]"].map((sign) => sign.charCodeAt(0)) as [number, number, number];

/** A UTF-16 unit takes at most three bytes. */
const maxBytes = (text: string): number => text.length * 3;

/** The same deliveries give the same bytes, those of `JSON.stringify` of their messages. */
export function encodeBatch(copies: readonly Copy[]): Uint8Array {
  const filled = copies.map(({ template, open }) => ({ template, values: escaped(open) }));
  const most = filled.reduce((sum, { template: { segments, names }, values }) => {
    const fixed = segments.reduce((length, segment) => length + segment.byteLength, 0);
    return sum + 1 + fixed + names.reduce((length, name) => length + maxBytes(values[name]), 0);
  }, 2);
  const body = new Uint8Array(most);
  let end = 0;
  body[end++] = listBegins;
  for (const [index, { template, values }] of filled.entries()) {
    if (index > 0) body[end++] = comma;
    for (const [place, segment] of template.segments.entries()) {
      body.set(segment, end);
      end += segment.byteLength;
      const name = template.names[place];
      if (name !== undefined) end += encoder.encodeInto(values[name], body.subarray(end)).written;
    }
  }
  body[end++] = listEnds;
  return body.subarray(0, end);
}

/** Values as they are inside a JSON string, whatever they contain; `$&` has no special meaning here. */
function escaped({ to, subscriber, preferences, leave }: Open): Open {
  const inside = (value: string) => JSON.stringify(value).slice(1, -1);
  return {
    to: inside(to),
    subscriber: inside(subscriber),
    preferences: inside(preferences),
    leave: inside(leave),
  };
}
