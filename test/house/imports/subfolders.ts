/** Maps subfolders: which one may import which of its siblings. Type imports count. An unused entry is removed. */

/**
 * Folder -> subfolder -> the siblings it may import; a subfolder without an entry imports none. `*` are the files
 * directly in the folder: any subfolder may import them unless they import it, which the test for cycles finds.
 */
export const maySiblings: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  cli: {
    "*": ["wrangler"],
    commands: [
      "backup",
      "doctor",
      "editions",
      "identity",
      "import-export",
      "import-text",
      "mail-preview",
      "setup",
      "wrangler",
    ],
    doctor: ["backup", "editions", "setup", "wrangler"],
    identity: ["backup", "wrangler"],
    backup: ["import-export", "wrangler"],
    setup: ["import-export", "wrangler"],
    "import-export": ["editions", "wrangler"],
    editions: ["wrangler"],
    "mail-preview": ["wrangler"],
  },
  desk: {
    "*": ["access", "calendar", "editions", "feedback", "messages", "overview", "questions", "reading", "subscribers"],
    overview: ["editions", "feedback", "questions", "reading", "subscribers"],
    editions: ["reading"],
    reading: ["feedback"],
  },
  editions: {
    "*": ["chapters", "recovery", "sending"],
    actions: ["chapters"],
    recovery: ["chapters"],
    sending: ["chapters"],
  },
  publish: {
    "*": ["assets", "cache", "checks", "drawing", "markdown", "outputs", "share", "source", "text"],
    outputs: ["cache", "drawing", "map", "markdown", "maths", "search", "share", "source", "terms", "text"],
    checks: ["markdown", "maths", "source", "text"],
    text: ["assets", "markdown", "maths", "renderers", "search", "source"],
    search: ["cache", "markdown", "maths", "renderers", "source"],
    terms: ["text"],
    renderers: ["assets", "cache", "drawing", "markdown", "maths", "source"],
    drawing: ["cache", "maths", "share"],
    share: ["cache", "markdown", "maths", "source"],
    maths: ["cache"],
    markdown: ["assets", "maths", "source"],
    assets: ["cache", "source"],
    source: ["cache"],
  },
  site: {
    "*": ["feeds", "glossary", "map", "mcp", "metadata", "recall", "search"],
    map: ["glossary"],
    mcp: ["search"],
  },
  ui: {
    "*": ["words"],
    browser: ["words"],
  },
};
