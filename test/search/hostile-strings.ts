/** Makes search queries that nobody means, the same on every run. */

const parts = [
  ..."\\{}()[]^_ &'\"%/|~é𝒜α\0\t",
  ..."\\frac \\sqrt \\left \\right \\begin \\end \\text{ \\operatorname x T tea \\, <script> 12,3 d_k \\label{ \u202e شاي".split(
    " ",
  ),
];

/** Words that are nearly known ones, which a search compares with those. */
const mistyped = ["watre", "temprature", "steeeping", "leafs", "kettel", "atention", "gradiant", "brwe", "laplacain"];

/** Of every four strings three are TeX, quotation marks and the like, and one is a row of words. */
export function* hostileStrings(count: number): Generator<string> {
  let state = 7;
  const random = () => {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
  const pick = (from: readonly string[]) => from[Math.floor(random() * from.length)] ?? "";
  const row = (from: readonly string[], between: string, most: number) =>
    Array.from({ length: Math.floor(random() * most) }, () => pick(from)).join(between);
  for (let index = 0; index < count; index += 1)
    yield index % 4 === 3 ? row([...mistyped, ...parts.slice(-14)], " ", 24) : row(parts, "", 60);
}
