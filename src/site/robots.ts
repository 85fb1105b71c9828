/** Renders robots.txt (RFC 9309): what the author allows the crawlers of AI companies; everything else may be crawled. */
import type { Manifest } from "../library/manifest.ts";
import { href } from "../routes.ts";

/** They collect texts to train models, as their companies document. */
const trainingAgents = [
  "AI2Bot",
  "Amazonbot",
  "anthropic-ai",
  "Applebot-Extended",
  "Bytespider",
  "CCBot",
  "ClaudeBot",
  "cohere-training-data-crawler",
  "Diffbot",
  "FacebookBot",
  "Google-Extended",
  "GPTBot",
  "meta-externalagent",
  "omgili",
  "PanguBot",
  "Timpibot",
  "webzio-extended",
];

/** They read pages to answer a question, and name their source. */
const assistantAgents = [
  "ChatGPT-User",
  "Claude-SearchBot",
  "Claude-User",
  "DuckAssistBot",
  "Google-CloudVertexBot",
  "Meta-ExternalFetcher",
  "MistralAI-User",
  "OAI-SearchBot",
  "Perplexity-User",
  "PerplexityBot",
  "YouBot",
];

/** https://contentsignals.org */
const signals = {
  "no-training": "search=yes, ai-input=yes, ai-train=no",
  disallow: "search=yes, ai-input=no, ai-train=no",
};

export function renderRobots({ aiCrawlers }: Pick<Manifest, "aiCrawlers">, origin: string): string {
  const closed =
    aiCrawlers === undefined
      ? []
      : aiCrawlers === "disallow"
        ? [...trainingAgents, ...assistantAgents]
        : trainingAgents;
  const groups = [
    ["User-agent: *", ...(aiCrawlers === undefined ? [] : [`Content-Signal: ${signals[aiCrawlers]}`]), "Allow: /"],
    ...(closed.length === 0 ? [] : [[...closed.map((agent) => `User-agent: ${agent}`), "Disallow: /"]]),
    [`Sitemap: ${origin}${href.sitemap()}`],
  ];
  return `${groups.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}
