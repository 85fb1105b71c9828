/** Finds the names in array literals: `home` and `feed` in `[href.home(), href.feed()]`. */
import { type ArrayExpression, parseSync, Visitor } from "oxc-parser";

type Element = ArrayExpression["elements"][number];

interface Name {
  readonly name: string;
  /** `href` of `href.home()`. */
  readonly of: string | undefined;
}

/** The names of the elements of each array. Other elements, such as computed ones, are left out. */
export function nameListsIn(file: string, text: string): Name[][] {
  const lists: Name[][] = [];
  new Visitor({
    ArrayExpression: ({ elements }) => void lists.push(elements.flatMap((element) => nameOf(element) ?? [])),
  }).visit(parseSync(file, text).program);
  return lists.filter((names) => names.length > 1);
}

/** `href.home()`, `chapter.mail`, `"mail"`; of a pair such as `["Overview", href.desk()]` the member. */
function nameOf(node: Element): Name | undefined {
  switch (node?.type) {
    case "CallExpression":
      return nameOf(node.callee);
    case "ArrayExpression":
      return node.elements.map((element) => nameOf(element)).find((found) => found?.of !== undefined);
    case "Literal":
      return typeof node.value === "string" ? { name: node.value, of: undefined } : undefined;
    case "MemberExpression":
      return node.property.type === "Identifier"
        ? { name: node.property.name, of: node.object.type === "Identifier" ? node.object.name : undefined }
        : undefined;
    default:
      return undefined;
  }
}
