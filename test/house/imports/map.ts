/** Maps src/: which folder may import which. Type imports count. An unused permission is removed. */

/** Folder or file directly under src/ -> what it may import besides itself. */
export const mayImport: Readonly<Record<string, readonly string[]>> = {
  "worker.ts": ["app.ts"],
  "app.ts": [
    "site",
    "newsletter",
    "reader-messages",
    "stats",
    "pings",
    "desk",
    "subscribers",
    "mail",
    "ui/words",
    "http",
    "library",
    "db",
    "env.ts",
  ],

  site: ["ui", "http", "search", "library", "routes.ts"],
  newsletter: ["editions", "subscribers", "mail", "ui", "ui/words", "http", "library", "db", "routes.ts", "env.ts"],
  "reader-messages": ["subscribers", "ui", "http", "library", "db", "routes.ts", "env.ts"],
  pings: ["http", "library", "db", "routes.ts", "env.ts"],
  stats: ["ui", "http", "library", "db", "routes.ts", "env.ts"],
  desk: ["editions", "subscribers", "mail", "ui", "ui/words", "http", "library", "db", "routes.ts", "env.ts"],

  editions: ["subscribers", "mail", "ui", "ui/words", "library", "db", "routes.ts", "env.ts"],
  subscribers: ["mail", "ui/words", "http", "library", "db", "routes.ts", "env.ts"],
  mail: ["ui", "ui/words", "http", "library", "routes.ts"],
  ui: ["ui/words", "library", "routes.ts"],
  http: ["ui/words", "library", "db", "routes.ts", "env.ts"],
  /** Below every module that shows text. */
  "ui/words": [],
  library: ["routes.ts"],
  /** Pure: the compiler writes what the Worker reads. */
  search: ["library"],
  db: [],
  "routes.ts": [],
  "env.ts": [],

  cli: ["publish", "editions", "subscribers", "mail", "ui/words", "http", "library", "routes.ts", "env.ts"],
  publish: ["figures", "search", "ui/words", "library", "routes.ts"],
  figures: [],
};

/** `import()` with a computed argument, `file: argument`, each with the reason why no fixed name is possible. */
export const computedImports: Readonly<Record<string, string>> = {
  "cli/commands/run.mjs: pathToFileURL(process.argv[1]).href":
    "runs the command that package.json names, in this folder, after it has checked packages and Node",
  "cli/commands/ensure-installed.mjs: pathToFileURL(process.argv[1]).href":
    "the same for commands that install missing packages first",
  "ui/browser/load-module.ts: script":
    "scripts that are loaded when they are first used: the build gives the files their names",
  'publish/assets/content-modules.ts: `data:text/javascript;base64,${Buffer.from(script).toString("base64")}`':
    "content modules: figures, numbers and covers are found by their file names, and bundled",
  "publish/maths/mathjax.ts: `@mathjax/src/js/input/tex/${path}.js`": "parts of a package, from a list in the file",
};

/** Paths into other folders that are read or bundled instead of imported, `file: path`, each with the reason. */
export const reachedPaths: Readonly<Record<string, string>> = {
  "publish/assets/kit.ts: figures": "content modules and figure scripts: what books import as `#figures/…`",
  "publish/assets/build-assets.ts: ui": "a product: the browser scripts and the icon",
  "publish/assets/bundle-styles.ts: ui/styles": "a product: the stylesheets",
  "publish/assets/wording-characters.ts: ui/words": "reads the wording as text, to find every character of it",
  "publish/assets/standalone-drawing.ts: ui/styles": "a product: the styles of a drawing that leaves the page",
  "publish/share/describe-image.ts: ui/icon.svg": "a product: the mark of the library on an image",
  "publish/compiler-code.ts: .": "the code as bytes, to tell whether a stored email is still what it would compile",
};

/** Files that run a bundler or compile code of another folder, each with the reason. */
export const bundlers: Readonly<Record<string, string>> = {
  "publish/assets/build-assets.ts": "a product: the browser scripts",
  "publish/assets/bundle-figures.ts": "a product: the figure scripts",
  "publish/assets/content-modules.ts": "content modules, see above",
  "cli/tsx.ts": "compiles JSX one file at a time, as Node imports it; what is imported is on the map",
};
