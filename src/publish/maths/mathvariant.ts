/** Replaces `mathvariant` with bold, script and double-struck Unicode letters, because MathML Core ignores it. */

/** First code point of `A`, `a` and `0` in each alphabet; https://www.w3.org/TR/mathml-core/#mathvariant */
const alphabets: Readonly<Record<string, { upper: number; lower?: number; digit?: number }>> = {
  bold: { upper: 0x1d400, lower: 0x1d41a, digit: 0x1d7ce },
  italic: { upper: 0x1d434, lower: 0x1d44e },
  "bold-italic": { upper: 0x1d468, lower: 0x1d482 },
  script: { upper: 0x1d49c, lower: 0x1d4b6 },
  "bold-script": { upper: 0x1d4d0, lower: 0x1d4ea },
  fraktur: { upper: 0x1d504, lower: 0x1d51e },
  "double-struck": { upper: 0x1d538, lower: 0x1d552, digit: 0x1d7d8 },
  "bold-fraktur": { upper: 0x1d56c, lower: 0x1d586 },
  "sans-serif": { upper: 0x1d5a0, lower: 0x1d5ba, digit: 0x1d7e2 },
  "bold-sans-serif": { upper: 0x1d5d4, lower: 0x1d5ee, digit: 0x1d7ec },
  "sans-serif-italic": { upper: 0x1d608, lower: 0x1d622 },
  monospace: { upper: 0x1d670, lower: 0x1d68a, digit: 0x1d7f6 },
};

/** First capital and small Greek letter, in the alphabets that have them. */
const greek: Readonly<Record<string, { upper: number; lower: number }>> = {
  bold: { upper: 0x1d6a8, lower: 0x1d6c2 },
  italic: { upper: 0x1d6e2, lower: 0x1d6fc },
  "bold-italic": { upper: 0x1d71c, lower: 0x1d736 },
};

/** Letters that Unicode encoded before it had these alphabets. */
const exceptions: Readonly<Record<string, string>> = {
  "script:B": "ℬ",
  "script:E": "ℰ",
  "script:F": "ℱ",
  "script:H": "ℋ",
  "script:I": "ℐ",
  "script:L": "ℒ",
  "script:M": "ℳ",
  "script:R": "ℛ",
  "script:e": "ℯ",
  "script:g": "ℊ",
  "script:o": "ℴ",
  "fraktur:C": "ℭ",
  "fraktur:H": "ℌ",
  "fraktur:I": "ℑ",
  "fraktur:R": "ℜ",
  "fraktur:Z": "ℨ",
  "double-struck:C": "ℂ",
  "double-struck:H": "ℍ",
  "double-struck:N": "ℕ",
  "double-struck:P": "ℙ",
  "double-struck:Q": "ℚ",
  "double-struck:R": "ℝ",
  "double-struck:Z": "ℤ",
  "italic:h": "ℎ",
};

/** The letter in that alphabet; unchanged if the alphabet does not have it. */
export function mathLetter(letter: string, variant: string): string {
  const exception = exceptions[`${variant}:${letter}`];
  if (exception) return exception;
  const code = letter.codePointAt(0) ?? 0;
  const alphabet = alphabets[variant];
  if (!alphabet) return letter;
  const shifted = (first: number | undefined, origin: number) =>
    first === undefined ? letter : String.fromCodePoint(first + code - origin);
  if (letter >= "A" && letter <= "Z") return shifted(alphabet.upper, 0x41);
  if (letter >= "a" && letter <= "z") return shifted(alphabet.lower, 0x61);
  if (letter >= "0" && letter <= "9") return shifted(alphabet.digit, 0x30);
  const greekLetters = greek[variant];
  if (!greekLetters) return letter;
  if (letter >= "Α" && letter <= "Ω") return shifted(greekLetters.upper, 0x391);
  if (letter >= "α" && letter <= "ω") return shifted(greekLetters.lower, 0x3b1);
  // After ω each alphabet has the variant forms, in this order; after Ω it has nabla.
  const form = "∂ϵϑϰϕϱϖ".indexOf(letter);
  if (form !== -1) return String.fromCodePoint(greekLetters.lower + 25 + form);
  return letter === "∇" ? String.fromCodePoint(greekLetters.upper + 25) : letter;
}

/** `<mi mathvariant="double-struck">R</mi>` becomes `<mi>ℝ</mi>`. `normal` is the only value that browsers honour. */
export const replaceMathVariants = (mathml: string): string =>
  mathml.replace(
    /<(m[a-z]+)([^>]*?) mathvariant="([^"]+)"([^>]*)>([^<]*)<\/\1>/g,
    (element, name: string, before: string, variant: string, after: string, text: string) =>
      variant === "normal"
        ? element
        : `<${name}${before}${after}>${[...text].map((letter) => mathLetter(letter, variant)).join("")}</${name}>`,
  );
