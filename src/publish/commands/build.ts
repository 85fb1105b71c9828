/** `npm run build`: content/ -> .release/. Wrangler runs it before every deploy, also before a dry run. */

export {};

// `npm start` compiles by itself, and only what changed: then this has nothing to do, and loads nothing.
if (process.env.LIBRARY_COMPILED_BY_START !== "1") {
  const { build } = await import("../build.ts");
  const { sayingWhyNot } = await import("../command-line.ts");
  const { closeState } = await import("../wrangler/private-state.ts");
  await sayingWhyNot(async () => {
    // Wrangler runs this first, also when the author starts wrangler without a command of ours.
    closeState();
    process.exitCode = await build(process.cwd());
  });
}
