/** Looks features up in MDN's data on browsers: which of our targets lack one. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { browserTargets } from "../../../src/publish/assets/browser-targets.ts";

interface Support {
  readonly version_added: string | false | null;
  readonly version_removed?: string;
  readonly prefix?: string;
  readonly alternative_name?: string;
  readonly flags?: unknown;
}

type Supports = Readonly<Record<string, Support | readonly Support[] | undefined>>;

/** A node of the data: a feature, and features below it, by their names. */
export interface Feature {
  readonly __compat?: { readonly support: Supports };
}

/** Read as a file: as a module, its 20 MB would be type-checked. */
const data = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve("@mdn/browser-compat-data"), "utf8"),
) as Feature;

export const featureAt = (...path: readonly string[]): Feature | undefined =>
  path.reduce<Feature | undefined>((feature, name) => own(feature, name), data);

export const childrenOf = ({ __compat, ...children }: Feature): Readonly<Record<string, Feature>> => children;

const own = (feature: Feature | undefined, name: string): Feature | undefined =>
  feature !== undefined && name !== "__compat" && Object.hasOwn(feature, name)
    ? (feature as Readonly<Record<string, Feature>>)[name]
    : undefined;

/** Every feature of this name below another. */
export function featuresBelow(feature: Feature | undefined, name: string): Feature[] {
  return Object.entries(childrenOf(feature ?? {})).flatMap(([key, child]) => [
    ...(key === name ? [child] : []),
    ...featuresBelow(child, name),
  ]);
}

/** `firefox 120` for each target that lacks the feature. Phones' browsers have the versions of their desktops. */
const lackedBy = (supports: Supports): string[] =>
  Object.entries(browserTargets).flatMap(([browser, [major, minor]]) => {
    const support = supports[browser];
    if (support === undefined) return [];
    const isThere = [support].flat().some((each) => isIn(each, major, minor));
    return isThere ? [] : [`${browser} ${major}${minor === 0 ? "" : `.${minor}`}`];
  });

function isIn(support: Support, major: number, minor: number): boolean {
  const { version_added: added, version_removed: removed, flags, prefix, alternative_name: other } = support;
  if (typeof added !== "string" || flags !== undefined || prefix !== undefined || other !== undefined) return false;
  return !isLater(added, major, minor) && (removed === undefined || isLater(removed, major, minor));
}

function isLater(version: string, major: number, minor: number): boolean {
  const [first = 0, second = 0] = version.replace("≤", "").split(".").map(Number);
  return first > major || (first === major && second > minor);
}

/** Of features with the same name, one that all targets have is enough: which of them is meant is not known. */
export function lackedByAll(features: readonly (Feature | undefined)[]): string[] {
  const lacked = features.flatMap((feature) => (feature?.__compat ? [lackedBy(feature.__compat.support)] : []));
  return lacked.some((browsers) => browsers.length === 0) ? [] : (lacked[0] ?? []);
}
