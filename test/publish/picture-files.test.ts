/** Checks image files: turned photographs, metadata that must not be published, and files that are not what they seem. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compile } from "./one-text.ts";

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "pictures-"));
  mkdirSync(join(root, "content/tea"), { recursive: true });
});
afterAll(() => rmSync(root, { recursive: true }));

/** The sensor's 800 x 400, red on the left: shown upright, it is 400 x 800, and red at the top. */
const turned = () =>
  sharp(
    Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="800" height="400"><rect width="400" height="400" fill="red"/><rect x="400" width="400" height="400" fill="blue"/></svg>',
    ),
  )
    .withExif({
      IFD0: { Make: "Camera", Orientation: "6" },
      IFD3: { GPSLatitudeRef: "N", GPSLatitude: "51/1 30/1 0/1" },
    })
    .withMetadata({ orientation: 6 })
    .withXmp("<x:xmpmeta xmlns:x='adobe:ns:meta/'>where I live</x:xmpmeta>");

const cool = (name: string) => `First.\n\n![A cup.](${name} "A cup.")\n`;

async function compileWith(name: string, bytes: Uint8Array, asMail = false) {
  writeFileSync(join(root, "content/tea", name), bytes);
  return compile(cool(name), undefined, undefined, { root, asMail });
}

/** Position, message and fix of each problem. */
async function problemsWith(name: string, bytes: Uint8Array): Promise<string[]> {
  const { problems } = await compileWith(name, bytes);
  return problems.map(({ line, column, message, fix }) => `${line}:${column}  ${message}  ->  ${fix}`);
}

/** The colour at the top of an image as browsers show it, and the bytes of its pixels as they are stored. */
const topOf = async (bytes: Uint8Array) => [...(await sharp(bytes).autoOrient().raw().toBuffer()).subarray(0, 3)];

describe("a photograph taken upright", () => {
  const formats = {
    jpg: () => turned().jpeg({ quality: 100, chromaSubsampling: "4:4:4" }).toBuffer(),
    png: () => turned().png().toBuffer(),
    webp: () => turned().webp({ lossless: true }).toBuffer(),
    avif: () => turned().avif({ lossless: true }).toBuffer(),
  };
  test.each(Object.entries(formats))(
    "%s: its size is that shown, and nothing says where it was taken",
    async (extension, make) => {
      const original = await make();
      expect((await sharp(original).metadata()).exif?.length).toBeGreaterThan(100);
      const { html, feedHtml, media, objects } = await compileWith(`cup.${extension}`, original);
      const address = `/media/${media[0]?.hash}.${extension}"`;
      expect(html).toContain(`${address} alt="A cup." width="400" height="800"`);
      expect(feedHtml).toContain(`${address} alt="A cup." width="400" height="800" title="A cup.">`);
      const published = objects.get(media[0]?.hash ?? "") ?? new Uint8Array();
      const { exif, xmp, autoOrient } = await sharp(published).metadata();
      expect(autoOrient).toEqual({ width: 400, height: 800 });
      expect(Buffer.concat([exif ?? Buffer.alloc(0), xmp ?? Buffer.alloc(0)]).toString("latin1")).not.toMatch(
        /Camera|N\0|where I live/,
      );
      expect(Buffer.from(published).toString("latin1")).not.toMatch(/Camera|where I live/);
      const [red = 0, green = 255, blue = 255] = await topOf(published);
      expect([red > 240, green < 20, blue < 20]).toEqual([true, true, true]);
    },
  );

  test("a JPEG keeps its pixels and its colour profile byte for byte, and loses what follows its end", async () => {
    const original = await turned().withIccProfile("p3").jpeg().toBuffer();
    const secondPicture = await turned().jpeg().toBuffer();
    const { objects, media } = await compileWith("profile.jpg", Buffer.concat([original, secondPicture]));
    const published = Buffer.from(objects.get(media[0]?.hash ?? "") ?? []);
    const scan = (bytes: Buffer) => bytes.subarray(bytes.indexOf(Buffer.from([0xff, 0xda])));
    expect(scan(published).equals(scan(original))).toBe(true);
    const [before, after] = await Promise.all([original, published].map((bytes) => sharp(bytes).metadata()));
    expect(after?.icc?.equals(before?.icc ?? Buffer.alloc(0))).toBe(true);
    expect([after?.orientation, after?.exif?.length]).toEqual([6, 32]);
  });

  test("an image without metadata stays the same file", async () => {
    const plain = await sharp({ create: { width: 4, height: 3, channels: 3, background: "red" } })
      .jpeg()
      .toBuffer();
    const { objects, media } = await compileWith("plain.jpg", plain);
    expect(plain.equals(objects.get(media[0]?.hash ?? "") ?? new Uint8Array())).toBe(true);
  });

  test("in an email it is as wide as it is shown", async () => {
    const { objects, mail } = await compileWith("cup.jpg", await formats.jpg(), true);
    expect(String(objects.get(mail?.mail ?? ""))).toContain('width=\\"400\\"');
  });
});

describe("a file that cannot be shown", () => {
  const complete = () => sharp({ create: { width: 90, height: 60, channels: 3, background: "#830" } });
  const wait = "If it is still being copied, wait; otherwise copy or export it again.";
  const save = "Save it as PNG, JPEG, WebP, AVIF or GIF; renaming it does not convert it.";

  test.each(["jpeg", "png", "webp", "avif", "gif"] as const)("%s, truncated anywhere", async (format) => {
    const noise = sharp({
      create: {
        width: 90,
        height: 60,
        channels: 3,
        noise: { type: "gaussian", mean: 128, sigma: 40 },
        background: "red",
      },
    });
    const bytes = await noise.toFormat(format).toBuffer();
    expect(await problemsWith(`whole.${format}`, bytes)).toEqual([]);
    for (const part of [0.1, 0.5, 0.95]) {
      const name = `part-${part}.${format}`;
      expect(await problemsWith(name, bytes.subarray(0, Math.floor(part * bytes.length)))).toEqual([
        `3:1  The image \`${name}\` is damaged or incomplete.  ->  ${wait}`,
      ]);
    }
  });

  test("an empty file, text, a PDF", async () => {
    for (const [name, content] of [
      ["empty.png", ""],
      ["page.png", "<!doctype html><title>404</title>"],
    ] as const) {
      expect(await problemsWith(name, Buffer.from(content))).toEqual([
        `3:1  The file \`${name}\` is not an image, whatever its name says.  ->  ${save}`,
      ]);
    }
    expect(await problemsWith("scan.jpg", Buffer.from("%PDF-1.7\n"))).toEqual([
      `3:1  The file \`scan.jpg\` is in the format PDF, whatever its name says.  ->  ${save}`,
    ]);
  });

  test("BMP, SVG and TIFF with the extension of another format", async () => {
    const bmp = Buffer.alloc(58);
    bmp.write("BM");
    bmp.writeUInt32LE(58, 2);
    bmp.writeUInt32LE(54, 10);
    bmp.writeUInt32LE(40, 14);
    bmp.writeInt32LE(1, 18);
    bmp.writeInt32LE(1, 22);
    expect(await problemsWith("cup.png", bmp)).toEqual([
      `3:1  The file \`cup.png\` is in the format BMP, whatever its name says.  ->  ${save}`,
    ]);
    const svg = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>',
    );
    expect(await problemsWith("drawing.png", svg)).toEqual([
      "3:1  The file `drawing.png` is in the format SVG, whatever its name says.  ->  Export it as PNG, or draw it as a figure: `figure:name`.",
    ]);
    expect(await problemsWith("scan.jpg", await complete().tiff().toBuffer())).toEqual([
      `3:1  The file \`scan.jpg\` is in the format TIFF, whatever its name says.  ->  ${save}`,
    ]);
  });

  test("a JPEG called .png is shown, and served as what it is", async () => {
    const bytes = await complete().jpeg().toBuffer();
    const { html, media } = await compileWith("cup.png", bytes);
    expect(media.map(({ extension }) => extension)).toEqual(["jpg"]);
    expect(html).toContain(`src="/media/${media[0]?.hash}.jpg"`);
  });

  test("an odd colour profile is not an error", async () => {
    const bytes = await complete().png().toBuffer();
    // A chunk iCCP that is too short to be a profile, after IHDR.
    const chunk = Buffer.concat([Buffer.from([0, 0, 0, 5]), Buffer.from("iCCPodd\0\0"), Buffer.alloc(4)]);
    const { crc32 } = await import("node:zlib");
    chunk.writeUInt32BE(crc32(chunk.subarray(4, 13)), 13);
    expect(await problemsWith("odd.png", Buffer.concat([bytes.subarray(0, 33), chunk, bytes.subarray(33)]))).toEqual(
      [],
    );
  });
});
