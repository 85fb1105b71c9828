/** `npm run build`: content/ -> .release/. Wrangler runs it before every deploy, also before a dry run. */

export {};

const written = process.argv.slice(2);
// `npm start` compiles by itself, and only what changed: then this has nothing to do, and loads nothing.
if (process.env.LIBRARY_COMPILED_BY_START !== "1" || written.length > 0) {
  const [{ Command }, { runCommand }] = await Promise.all([
    import("@commander-js/extra-typings"),
    import("../command-line.ts"),
  ]);
  await runCommand(
    new Command("npm run build")
      .description("Compiles content/ into .release/, which a deploy uploads; `npm run deploy` does this automatically")
      .action(async () => {
        const { build } = await import("../build.ts");
        const { closeState } = await import("../wrangler/private-state.ts");
        // Wrangler runs this first, also when the author starts wrangler without a command of ours.
        closeState();
        process.exitCode = await build(process.cwd());
      }),
  );
}
