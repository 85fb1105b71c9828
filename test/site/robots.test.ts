/** Checks robots.txt: it names the sitemap, and closes the library to AI crawlers only if the author says so. */
import { describe, expect, test } from "vitest";
import { renderRobots } from "../../src/site/robots.ts";

const origin = "https://library.example";

/** The rules for an agent: those of its group, or of the group for all others (RFC 9309, section 2.2.1). */
function rulesFor(agent: string, robots: string): string[] {
  const groups = robots.split("\n\n").map((group) => group.trim().split("\n"));
  const named = (name: string) => groups.find((lines) => lines.includes(`User-agent: ${name}`));
  return (named(agent) ?? named("*") ?? []).filter((line) => /^(Allow|Disallow):/.test(line));
}

test("by default everybody may read everything, and finds the sitemap", () => {
  expect(renderRobots({}, origin)).toBe("User-agent: *\nAllow: /\n\nSitemap: https://library.example/sitemap.xml\n");
});

describe.each([
  ["no-training", "ai-train=no", { GPTBot: "Disallow: /", ClaudeBot: "Disallow: /", "ChatGPT-User": "Allow: /" }],
  ["disallow", "ai-input=no", { GPTBot: "Disallow: /", ClaudeBot: "Disallow: /", "ChatGPT-User": "Disallow: /" }],
] as const)("ai_crawlers: %s", (aiCrawlers, signal, rules) => {
  const robots = renderRobots({ aiCrawlers }, origin);
  test.each([...Object.entries(rules), ["Googlebot", "Allow: /"]])("%s: %s", (agent, rule) => {
    expect(rulesFor(agent, robots)).toEqual([rule]);
  });
  test("is signalled to all others, and the sitemap stays", () => {
    expect(robots).toContain(signal);
    expect(robots).toMatch(/^Sitemap: https:\/\/library\.example\/sitemap\.xml$/m);
  });
});
