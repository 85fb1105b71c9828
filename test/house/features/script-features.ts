/** Finds the features of a script that a target lacks: syntax, globals, members, events; except what the script asks for. */
import { parseSync } from "oxc-parser";
import { childrenOf, type Feature, featureAt, lackedByAll } from "./compat.ts";

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** `Array.prototype.findLast: chrome 96`, once each. */
export function lackedInScript(file: string, code: string): string[] {
  const found = new Set<string>();
  const nodes = [...nodesIn(parseSync(file, code).program as unknown as Node)];
  // Names in `"share" in navigator` and `CSS.supports("…")`.
  const asked = new Set(
    nodes.flatMap((node) =>
      node.type === "BinaryExpression" && node.operator === "in" ? [String((node.left as Node).value)] : [],
    ),
  );
  // Asked for as well: `document.startViewTransition?.()`.
  const optional = new Set(
    nodes.flatMap(({ type, optional, callee }) => (type === "CallExpression" && optional ? [callee] : [])),
  );
  // Of our own objects: without types, their members look like those of the platform.
  const ours = new Set(nodes.flatMap(definedMember));
  const declared = new Set(nodes.flatMap(declaredNames));
  const note = (name: string, browsers: readonly string[]) => {
    if (browsers.length > 0 && !asked.has(name)) found.add(`${name}: ${browsers.join(", ")}`);
  };
  for (const node of nodes) {
    const syntax = syntaxOf(node);
    if (syntax) note(syntax.join("."), lackedByAll([featureAt("javascript", ...syntax)]));
    const name = memberOf(node);
    const isKnown = knownObjectOf(node) !== undefined;
    if (name !== undefined && !optional.has(node) && (isKnown || !ours.has(name)))
      note(name, lackedByAll(membersNamed(node, name)));
    if (node.type === "Identifier" && !declared.has(String(node.name)) && !isProperty.has(node))
      note(String(node.name), lackedByAll(globalsNamed(String(node.name))));
    const event = eventOf(node);
    if (event !== undefined) note(`${event} event`, lackedByAll(interfaces.map((each) => each[`${event}_event`])));
  }
  return [...found].sort();
}

/** `a: 1` in an object, `a()` in a class. */
const definedMember = (node: Node): string[] =>
  node.type === "ObjectExpression"
    ? (node.properties as Node[]).flatMap(({ key }) => (key ? [String((key as Node).name)] : []))
    : /^(?:MethodDefinition|PropertyDefinition)$/.test(node.type)
      ? [String((node.key as Node).name)]
      : [];

const isProperty = new WeakSet<Node>();

function* nodesIn(node: Node): Generator<Node> {
  yield node;
  if (node.type === "MemberExpression" && node.computed === false) isProperty.add(node.property as Node);
  if (node.type === "Property" && node.computed === false && node.shorthand === false) isProperty.add(node.key as Node);
  for (const value of Object.values(node)) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (typeof each === "object" && each !== null && "type" in each) yield* nodesIn(each as Node);
    }
  }
}

/** Names that a declaration binds; in a bundle each means one thing. */
function declaredNames(node: Node): string[] {
  if (node.type === "VariableDeclarator") return namesIn(node.id as Node);
  if (/Function|Class|CatchClause/.test(node.type)) {
    const own = [node.id, node.param, ...((node.params as Node[] | undefined) ?? [])];
    return own.flatMap((each) => (each ? namesIn(each as Node) : []));
  }
  return [];
}

const namesIn = (pattern: Node): string[] =>
  [...nodesIn(pattern)].flatMap((node) => (node.type === "Identifier" ? [String(node.name)] : []));

const interfaces = Object.values(childrenOf(featureAt("api") ?? {})).map(childrenOf);
const builtins = Object.values(childrenOf(featureAt("javascript", "builtins") ?? {})).map(childrenOf);

const globalsNamed = (name: string): (Feature | undefined)[] => [
  featureAt("javascript", "builtins", name),
  featureAt("api", name),
  ...["Window", "WindowOrWorkerGlobalScope", "EventTarget"].map((scope) => featureAt("api", scope, name)),
];

/** Members of the object if that is a global, or else of whatever has one of this name. */
function membersNamed(node: Node, name: string): (Feature | undefined)[] {
  const known = knownObjectOf(node);
  if (known) return known.map((path) => featureAt(...path, name));
  return [...interfaces, ...builtins].map((each) => (Object.hasOwn(each, name) ? each[name] : undefined));
}

const knownObjects: Readonly<Record<string, readonly (readonly string[])[]>> = {
  Object: [["javascript", "builtins", "Object"]],
  Array: [["javascript", "builtins", "Array"]],
  Map: [["javascript", "builtins", "Map"]],
  Promise: [["javascript", "builtins", "Promise"]],
  Math: [["javascript", "builtins", "Math"]],
  Number: [["javascript", "builtins", "Number"]],
  CSS: [["api", "CSS"]],
  navigator: [["api", "Navigator"]],
  document: [
    ["api", "Document"],
    ["api", "Node"],
    ["api", "EventTarget"],
  ],
  location: [["api", "Location"]],
  history: [["api", "History"]],
};

function knownObjectOf(node: Node): readonly (readonly string[])[] | undefined {
  const object = node.object as Node | undefined;
  return object?.type === "Identifier" ? knownObjects[String(object.name)] : undefined;
}

const memberOf = (node: Node): string | undefined =>
  node.type === "MemberExpression" && node.computed === false ? String((node.property as Node).name) : undefined;

function eventOf(node: Node): string | undefined {
  const callee = node.type === "CallExpression" ? (node.callee as Node) : undefined;
  const name = callee && (memberOf(callee) ?? callee.name);
  const [first] = (node.arguments as Node[] | undefined) ?? [];
  return name === "addEventListener" && typeof first?.value === "string" ? first.value : undefined;
}

/** Path of the syntax in the data on JavaScript. */
function syntaxOf(node: Node): readonly string[] | undefined {
  const assigned: Record<string, string> = {
    "??=": "nullish_coalescing_assignment",
    "||=": "logical_or_assignment",
    "&&=": "logical_and_assignment",
  };
  if (node.type === "ChainExpression") return ["operators", "optional_chaining"];
  if (node.type === "AwaitExpression") return ["operators", "await"];
  if (node.type === "StaticBlock") return ["classes", "static", "initialization_blocks"];
  if (node.type === "PrivateIdentifier") return ["classes", "private_class_fields"];
  if (node.type === "PropertyDefinition") return ["classes", "public_class_fields"];
  if (node.type === "ImportExpression") return ["operators", "import"];
  if (node.type === "LogicalExpression" && node.operator === "??") return ["operators", "nullish_coalescing"];
  const assignment = node.type === "AssignmentExpression" ? assigned[String(node.operator)] : undefined;
  if (assignment !== undefined) return ["operators", assignment];
  if (node.type === "Literal" && node.regex) {
    const { flags, pattern } = node.regex as { flags: string; pattern: string };
    if (flags.includes("v")) return ["builtins", "RegExp", "unicodeSets"];
    if (/\(\?<[=!]/.test(pattern)) return ["regular_expressions", "lookbehind_assertion"];
    if (flags.includes("d")) return ["builtins", "RegExp", "hasIndices"];
  }
  return undefined;
}
