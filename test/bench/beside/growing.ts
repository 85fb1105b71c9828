/** Compares both versions with ten thousand chapters: one build, its files, and the pages that a library's size changes. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { generateLibrary } from "../generate-library.ts";
import { bundleWorker, libraryBindings, workerOf } from "./bundle-side.ts";
import { atOnce, inPairs, samplesOf } from "./in-pairs.ts";
import type { BesideOrder } from "./order.ts";
import { buildRows } from "./publishing.ts";
import { runBuild } from "./run-build.ts";
import { comparisonSection, type Row } from "./table.ts";
import { forgetBuilds, replaceContent } from "./working-copy.ts";

interface PageSizes {
  readonly home: number;
  readonly missing: number;
  /** The largest file of the sitemap, and how many there are. */
  readonly sitemap: number;
  readonly sitemaps: number;
}

export async function growingSection({ copies, isQuick, tell }: BesideOrder): Promise<string> {
  const chapters = isQuick ? 60 : 10_000;
  const count = chapters.toLocaleString("en");
  tell(`${count} chapters`);
  const builds = await atOnce(async (side) => {
    forgetBuilds(copies[side]);
    replaceContent(copies[side], (root) => generateLibrary(root, chapters));
    const cost = await runBuild(copies[side]);
    tell(`${side}: ${Math.round(cost.seconds)} s`);
    return { ...cost, files: uploadedFrom(join(copies[side], ".release")) };
  });
  tell("pages");
  const pages = await inPairs(1, (side) => {
    if (typeof builds[side] === "string") throw new Error("the library was not built");
    return measurePages(copies[side]);
  });
  const bytes = (what: string, pick: (sizes: PageSizes) => number, target: string): Row => ({
    what: `${what}, brotli`,
    unit: "kB",
    ...samplesOf(pages, (sizes) => pick(sizes) / 1000),
    target,
  });
  return comparisonSection(
    `${count} chapters`,
    `${count} generated chapters, built once by each version from nothing, both at the same time, because a build takes minutes; then the pages that grow with a library, as its Worker answers them in workerd, compressed with brotli at level 11.`,
    [
      ...buildRows({ what: `${count} chapters from nothing`, target: "compiles", maxMegabytes: 4000 }, builds).map(
        (row) => (row.unit === "MB" ? { ...row, target: "" } : row),
      ),
      {
        what: "files that a deploy uploads",
        unit: "number",
        ...samplesOf(builds, ({ files }) => files),
        target: "below 20,000",
      },
      bytes("home page", ({ home }) => home, "at most 14 kB"),
      bytes("404 page", ({ missing }) => missing, "does not grow"),
      bytes("largest file of the sitemap", ({ sitemap }) => sitemap, "50,000 URLs at most"),
      { what: "files of the sitemap", unit: "number", ...samplesOf(pages, ({ sitemaps }) => sitemaps), target: "" },
    ],
  );
}

/** The number of files that a deploy uploads: .assetsignore has the name of a file or folder in each line. */
function uploadedFrom(release: string): number {
  const path = join(release, ".assetsignore");
  const ignored = new Set(existsSync(path) ? readFileSync(path, "utf8").split("\n") : []);
  return readdirSync(release, { recursive: true, withFileTypes: true }).filter(
    (entry) =>
      entry.isFile() &&
      ![entry.name, ...relative(release, entry.parentPath).split(sep)].some((name) => ignored.has(name)),
  ).length;
}

async function measurePages(copy: string): Promise<PageSizes> {
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      cf: false,
      workers: [workerOf("library", await bundleWorker(copy), libraryBindings(copy, "growing"))],
    } as never),
  );
  try {
    const base = await miniflare.unsafeGetDirectURL("library");
    const textOf = async (path: string, status = 200) => {
      const response = await fetch(new URL(path, base), { headers: { Accept: "text/html" } });
      if (response.status !== status) throw new Error(`${path} answers ${response.status}.`);
      return response.text();
    };
    const size = (text: string) => brotliCompressSync(text).byteLength;
    const sitemap = await textOf("/sitemap.xml");
    const parts = [...sitemap.matchAll(/<loc>[^<]*(\/sitemap-\d+\.xml)<\/loc>/g)].map(([, path = ""]) => path);
    const sizes = [size(sitemap)];
    for (const path of parts) sizes.push(size(await textOf(path)));
    return {
      home: size(await textOf("/")),
      missing: size(await textOf("/book-1/no-such-chapter", 404)),
      sitemap: Math.max(...sizes),
      sitemaps: sizes.length,
    };
  } finally {
    await miniflare.dispose();
  }
}
