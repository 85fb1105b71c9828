/** Finds the features of a stylesheet that a target lacks, except behind `@supports` or after a fallback. */
import postcss, { type AtRule, type ChildNode, type Container, type Declaration } from "postcss";
import { type Feature, featureAt, featuresBelow, lackedByAll } from "./compat.ts";

/** `::details-content: firefox 120`, once each. */
export function lackedInStyles(css: string): string[] {
  const found = new Set<string>();
  const check = (node: ChildNode, name: string, browsers: readonly string[]) => {
    if (browsers.length > 0 && !isGuarded(node, name)) found.add(`${name}: ${browsers.join(", ")}`);
  };
  postcss.parse(css).walk((node) => {
    if (node.type === "rule") checkSelector(node, node.selector, check);
    if (node.type === "atrule") checkAtRule(node, check);
    if (node.type === "decl") checkDeclaration(node, check);
  });
  return [...found].sort();
}

type Check = (node: ChildNode, name: string, browsers: readonly string[]) => void;

/** Whether an `@supports` around the node asks for the feature. */
function isGuarded(node: ChildNode, name: string): boolean {
  for (let around: Container | undefined = node.parent as Container | undefined; around; ) {
    if (around.type === "atrule" && (around as AtRule).name === "supports" && (around as AtRule).params.includes(name))
      return true;
    around = around.parent as Container | undefined;
  }
  return false;
}

function checkSelector(node: ChildNode, selector: string, check: Check): void {
  const plain = selector.replace(/"[^"]*"|'[^']*'/g, '""');
  for (const [whole, name = ""] of plain.matchAll(/::?([a-z-]+)/g)) {
    check(node, whole, lackedByAll([featureAt("css", "selectors", name)]));
  }
  if (/(?:^|[^\\])&/.test(plain) || node.parent?.type === "rule")
    check(node, "&", lackedByAll([featureAt("css", "selectors", "nesting")]));
}

function checkAtRule(node: AtRule, check: Check): void {
  const { name, params } = node;
  check(node, `@${name}`, lackedByAll([featureAt("css", "at-rules", name)]));
  if (name === "media" || name === "container") {
    for (const [, feature = ""] of params.matchAll(/\(\s*([a-z-]+)/g))
      check(node, `@${name} (${feature})`, lackedByAll([featureAt("css", "at-rules", name, feature)]));
    if (/[<>]/.test(params))
      check(node, "@media (>=)", lackedByAll([featureAt("css", "at-rules", "media", "range_syntax")]));
  }
  if (name === "supports" && params.includes("selector("))
    check(node, "@supports selector()", lackedByAll([featureAt("css", "at-rules", "supports", "selector")]));
}

function checkDeclaration(node: Declaration, check: Check): void {
  const { prop, value } = node;
  const lacked = prop.startsWith("-") || hasPrefixed(node) ? [] : lackedByAll([propertyOf(node)]);
  check(node, prop, lacked);
  // A value that a browser does not know is ignored.
  if (hasFallback(node)) return;
  const plain = value.replace(/"[^"]*"|'[^']*'|url\([^)]*\)/g, "");
  for (const word of lacked.length > 0 ? [] : (plain.match(/(?<![\w#.-])[a-z][a-z-]+(?![\w(-])/g) ?? []))
    check(node, `${prop}: ${word}`, hasPrefixed(node) ? [] : lackedByAll([featureAt("css", "properties", prop, word)]));
  for (const [, name = ""] of plain.matchAll(/(?<![\w-])([a-z][a-z0-9-]*)\(/g))
    check(node, `${name}()`, lackedByAll(featuresBelow(featureAt("css", "types"), name)));
  for (const [, unit = ""] of plain.matchAll(/(?<![\w#-])[\d.]+([a-z]+)\b/g))
    check(node, `1${unit}`, lackedByAll([featureAt("css", "types", "length", unitGroup(unit))]));
}

function propertyOf({ prop, parent }: Declaration): Feature | undefined {
  const descriptor =
    parent?.type === "atrule" ? featureAt("css", "at-rules", (parent as AtRule).name, prop) : undefined;
  return descriptor ?? featureAt("css", "properties", prop);
}

/** The data has some units under the name of their group. */
function unitGroup(unit: string): string {
  const groups = { d: "dynamic", s: "small", l: "large" } as const;
  const size = /^([dsl])v/.exec(unit)?.[1] as keyof typeof groups | undefined;
  if (size !== undefined) return `viewport_percentage_units_${groups[size]}`;
  return unit.startsWith("cq") ? "container_query_length_units" : unit;
}

/** Whether the rule sets the prefixed property as well, for browsers that have only that. */
const hasPrefixed = ({ prop, parent }: Declaration): boolean =>
  parent?.some((other) => other.type === "decl" && new RegExp(`^-[a-z]+-${prop}$`).test(other.prop)) ?? false;

/** Whether the same rule sets the property before: browsers ignore a value that they do not know. */
function hasFallback(node: Declaration): boolean {
  const before = node.parent?.nodes.slice(0, node.parent.index(node)) ?? [];
  return before.some((other) => other.type === "decl" && other.prop === node.prop);
}
