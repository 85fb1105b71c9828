/** Parses what another program or service printed; `undefined` if it is a message instead, which the caller shows. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
