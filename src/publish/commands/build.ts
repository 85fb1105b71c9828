/** `npm run build`: content/ -> .release/. Wrangler runs it before every deploy, also before a dry run. */

export {};

// `npm start` compiles by itself, and only what changed: then this has nothing to do, and loads nothing.
if (process.env.LIBRARY_COMPILED_BY_START !== "1") {
  const { build } = await import("../build.ts");
  const { sayingWhyNot } = await import("../command-line.ts");
  await sayingWhyNot(async () => {
    process.exitCode = await build(process.cwd());
  });
}
