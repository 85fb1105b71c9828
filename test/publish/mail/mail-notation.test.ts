/** Checks the notation at the end of an email. */
import { expect, test } from "vitest";
import { mailOf } from "./one-mail.ts";

const symbols = [
  { tex: "\\hat T", meaning: "the tea's temperature after $\\hat t$ minutes", shape: "\\text{degrees}" },
  { tex: "k_{\\text{cup}}", meaning: "how fast the cup cools" },
  { tex: "M", meaning: "cups by minutes", shape: "\\hat n\\times t" },
  { tex: "C_s", meaning: "cups by sips of $s$", shape: "n\\times s" },
];

test("each symbol is there with its meaning and its shape, between the text and the references", async () => {
  const { html, text } = await mailOf("Tea.", undefined, symbols);
  const styled = html.replace(/ style="[^"]*"/g, "");
  expect(styled).toMatch(
    /<h2>Notation<\/h2>\n<table role="presentation"[^>]*><tr><td class="ml-rule"><img src="\{picture 1\}" alt="T hat" [^>]*><\/td><td class="ml-rule">the tea’s temperature after <img src="\{picture 2\}" alt="t hat" [^>]*> minutes <span class="ml-soft">\(degrees\)<\/span><\/td><\/tr>/,
  );
  expect(styled).toMatch(/cups by minutes <span class="ml-soft">\(<img [^>]*alt="n hat by t"[^>]*>\)<\/span>/);
  expect(html).toMatch(
    /<span class="ml-soft" style="[^"]*white-space: ?nowrap;[^"]*">\(<img [^>]*style="[^"]*white-space: ?normal;/,
  );
  expect(styled).toContain(
    '<td class="ml-rule"><i>C</i><sub><i>s</i></sub></td><td class="ml-rule">cups by sips of <i>s</i> <span class="ml-soft">(<i>n</i>\u00a0×\u00a0<i>s</i>)</span></td>',
  );
  expect(html.indexOf("Notation")).toBeLessThan(html.indexOf("References"));
  expect(text).toContain(`Notation
--------

 - T̂: the tea’s temperature after t̂ minutes (degrees)
 - k_cup: how fast the cup cools
 - M: cups by minutes (n̂ × t)
 - Cₛ: cups by sips of s (n × s)
`);
});

test("a text without any has no heading for it", async () => {
  const { html, text } = await mailOf("Tea.");
  expect(html).not.toContain("Notation");
  expect(text).not.toContain("Notation");
});
