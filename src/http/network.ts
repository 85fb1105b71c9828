/** Derives the networks of an IP address. Limits count networks, because single addresses are easy to obtain. */

/** The range of one household or office: /24 (IPv4) or /48 (IPv6). */
export function networkOf(ip: string | undefined): string {
  const four = /(?:^|:)(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/.exec(ip ?? "");
  if (four) return `${four[1]}.0/24`;
  const groups = groupsOf(ip);
  return groups ? `${groups.join(":")}::/48` : "unknown";
}

/** The range from which a provider assigns such networks, often free of charge: /32 (IPv6). */
export function wideNetworkOf(ip: string | undefined): string | undefined {
  const groups = groupsOf(ip);
  return groups && `${groups.slice(0, 2).join(":")}::/32`;
}

/** The first three groups of an IPv6 address that does not embed an IPv4 one. */
function groupsOf(ip: string | undefined): readonly string[] | undefined {
  if (ip === undefined || ip.includes(".")) return undefined;
  const [head = "", tail] = ip.toLowerCase().split("::");
  const groups = head === "" ? [] : head.split(":");
  if (tail !== undefined) {
    const after = tail === "" ? [] : tail.split(":");
    groups.push(...Array.from({ length: Math.max(0, 8 - groups.length - after.length) }, () => "0"), ...after);
  }
  const prefix = groups.slice(0, 3).map((group) => Number.parseInt(group, 16));
  return prefix.length === 3 && prefix.every(Number.isFinite) ? prefix.map((group) => group.toString(16)) : undefined;
}
