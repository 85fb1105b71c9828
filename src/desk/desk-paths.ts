/** Which requests are the desk's, in whatever spelling. */

/** How often a path is decoded: nothing behind us decodes it more often. */
const rounds = 3;

/**
 * Whether a URL could mean something of the desk: a wide net, because it decides who has to log in, and a login too
 * many hurts nobody. Case, doubled and turned slashes, percent signs and what hangs on the word make no difference.
 */
export function isOfDesk(url: string): boolean {
  let path = new URL(url).pathname;
  for (let round = 0; round < rounds; round += 1) path = decoded(path);
  const [first = ""] = path.toLowerCase().split(/[/\\]/).filter(Boolean);
  return /^[^a-z0-9]*desk(?![a-z0-9-])/.test(first);
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // A stray percent sign: what can be decoded around it is.
    return path.replace(/%[0-7][0-9a-f]/gi, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)));
  }
}
