/** `npm run build`: compiles content/ into .release/. Wrangler runs it before every deploy, including dry runs. */

export {};

const written = process.argv.slice(2);
// `npm start` compiles itself, and only what changed: skipping the imports saves time.
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
        // Also runs when the author starts wrangler directly, without one of our commands.
        closeState();
        process.exitCode = await build(process.cwd());
      }),
  );
}
