/** Checks that ORIGIN is a URL at which readers can open the library. */

/** A sentence about the problem; `undefined` if ORIGIN is valid. */
export function originProblem(origin: unknown): string | undefined {
  if (typeof origin !== "string") return "ORIGIN is not set.";
  if (!URL.canParse(origin)) return `ORIGIN is "${origin}", which is not a URL.`;
  const { hostname, protocol, origin: bare } = new URL(origin);
  const isPublic = hostname.includes(".") && !hostname.endsWith(".localhost") && !/^[\d.]+$|^\[/.test(hostname);
  if (!isPublic) return `ORIGIN is "${origin}", which is only reachable from this machine.`;
  if (protocol !== "https:") return `ORIGIN is "${origin}", which does not begin with https://.`;
  return bare === origin ? undefined : `ORIGIN is "${origin}", which should be just "${bare}".`;
}
