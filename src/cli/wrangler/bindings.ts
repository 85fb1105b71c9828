/** Checks that wrangler.toml has the Worker's bindings; an environment does not inherit those of the top level. */
import type { WranglerConfig } from "./config.ts";
import { environment } from "./environment.ts";

/** `vars` -> `[vars]` or `[env.staging.vars]`; with `isList`, `[[kv_namespaces]]`. */
export function sectionName(key: string, isList = false): string {
  const { name } = environment();
  const path = name === undefined ? key : `env.${name}.${key}`;
  return isList ? `[[${path}]]` : `[${path}]`;
}

/** `SHELF in [[env.staging.kv_namespaces]]` for each missing binding. */
export function missingBindings(config: WranglerConfig): string[] {
  const has = (list: readonly { readonly binding: string }[], name: string) =>
    list.some(({ binding }) => binding === name);
  return [
    ...(has(config.kv_namespaces, "SHELF") ? [] : [`SHELF in ${sectionName("kv_namespaces", true)}`]),
    ...(has(config.d1_databases, "DB") ? [] : [`DB in ${sectionName("d1_databases", true)}`]),
    ...(config.assets?.binding === "ASSETS" ? [] : [`ASSETS in ${sectionName("assets")}`]),
  ];
}

/** How to add missing bindings. */
export const bindingsWayOut = (): string =>
  environment().name === undefined
    ? "Copy them from the wrangler.toml that came with the project."
    : "An environment does not inherit bindings and [vars] from the top level: give it its own namespace and database.";
