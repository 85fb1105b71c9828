/** Loads a module when it is first used, with the style sheet that it needs. */

/** The module, with its style applied. Rejects if the script cannot be loaded. A style that cannot is done without. */
export async function load<Module>(script: string, style?: string): Promise<Module> {
  const module = import(script);
  if (style !== undefined) await (styled.get(style) ?? addStyle(style));
  return module;
}

const styled = new Map<string, Promise<unknown>>();

function addStyle(href: string): Promise<unknown> {
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
  const ended = new Promise((resolve) => {
    link.onload = resolve;
    link.onerror = resolve;
  });
  document.head.append(link);
  styled.set(href, ended);
  return ended;
}
