/** Checks the images of an email: concatenated into one pack, figures in the project's fonts, photographs as PNG. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, describe, expect, test } from "vitest";
import { isWholePng, mailOf } from "./one-mail.ts";

describe("pictures", () => {
  const home = mkdtempSync(join(tmpdir(), "library-mail-"));
  mkdirSync(join(home, "content/tea"), { recursive: true });
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  test("lie one behind the other, whole, and nothing else is in their pack", async () => {
    const { pictures, pack } = await mailOf(
      '$\\hat a$, $\\hat b$, $\\hat a$.\n\n$$\nc\n$$\n\n![P.](figure:six-teas "P $\\hat a$.")\n',
    );
    expect(pictures).toHaveLength(4);
    expect(pictures.filter((picture) => !isWholePng(picture))).toEqual([]);
    expect(pack).toEqual(Buffer.concat(pictures));
  });

  test("of a text without any there is no pack", async () => {
    expect((await mailOf("Tea.")).pack).toBeUndefined();
  });

  test("a drawing is so wide that its lettering has the size of the text, and is set in the project's own fonts", async () => {
    const { html, pictures } = await mailOf('![Teas.](figure:six-teas "P.")');
    expect(html).toMatch(
      /<img src="\{picture 1\}" alt="Teas\." width="460" class="ml-figure" style="[^"]*max-width: ?460px; ?max-height: ?184px; ?aspect-ratio: ?auto 460 \/ 184/,
    );
    const { data, info } = await sharp(pictures[0]).raw().ensureAlpha().toBuffer({ resolveWithObject: true });
    expect(info.width).toBe(920);
    // These rows contain text below the figure; without a font they would be blank.
    const rows = Array.from({ length: 58 }, (_, index) => index + 308);
    const darkest = rows.map((y) => Math.min(...data.subarray(4 * y * info.width, 4 * (y + 1) * info.width)));
    expect(darkest.some((value) => value < 60)).toBe(true);
  });

  test.each(["png", "jpg", "webp", "avif", "gif"] as const)(
    "a %s beside the text becomes a PNG of at most 1104 pixels",
    async (format) => {
      const photo = sharp({ create: { width: 1500, height: 300, channels: 3, background: "#a0522d" } });
      writeFileSync(
        join(home, `content/tea/cup.${format}`),
        await photo.toFormat(format === "jpg" ? "jpeg" : format).toBuffer(),
      );
      const { html, pictures } = await mailOf(`![A cup.](cup.${format} "A cup.")`, home);
      expect(html).toMatch(/alt="A cup\." width="552" class="ml-photo"/);
      expect(pictures.map(isWholePng)).toEqual([true]);
      expect((await sharp(pictures[0]).metadata()).width).toBe(1104);
    },
  );

  test("a small picture stays small", async () => {
    writeFileSync(
      join(home, "content/tea/leaf.png"),
      await sharp({ create: { width: 90, height: 30, channels: 3, background: "#0a0" } })
        .png()
        .toBuffer(),
    );
    const { html, pictures } = await mailOf('![A leaf.](leaf.png "A leaf.")', home);
    expect(html).toContain('width="90" height="30"');
    expect((await sharp(pictures[0]).metadata()).width).toBe(90);
  });
});
