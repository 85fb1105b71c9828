/** Detects requests for the desk in any spelling of the path. */

/** Rounds of percent-decoding: no later layer decodes more often. */
const rounds = 3;

/**
 * Whether a URL may refer to the desk. Deliberately broad: it decides who must sign in, and a false positive only costs
 * a sign-in. Ignores case, repeated slashes, backslashes, percent-encoding, and characters attached to the word.
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
    // A stray percent sign: decodes the ASCII escapes around it.
    return path.replace(/%[0-7][0-9a-f]/gi, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)));
  }
}
