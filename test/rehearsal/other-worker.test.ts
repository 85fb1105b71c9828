/** Rehearses a deploy under a new `name` with an existing database: it stops before any change, and explains how to move. */
import { expect, test } from "vitest";
import { openCloudflare } from "../fakes/cloudflare-api.ts";
import { copyProject } from "./project.ts";

test("a Worker of a new name is not deployed beside the old one; a new address under the old name is", async () => {
  using project = copyProject();
  await using cloudflare = await openCloudflare();
  project.edit("wrangler.toml", "http://localhost:8787", "https://ml-blog.library.workers.dev");
  project.edit("package.json", '"check": "', '"check": "exit 0 && ');
  const run = async (command: string, ...args: string[]) => {
    cloudflare.forgetRequests();
    const { code, said } = await project.script(command, args, cloudflare);
    return { code, said: said.replace(/\s+/g, " ").trim() };
  };
  const changes = () => cloudflare.writes.filter((line) => !line.endsWith("/query"));
  const rows = () => cloudflare.databases.rows("ml-blog", "SELECT name, origin FROM workers ORDER BY deployed_at");

  expect((await run("deploy")).code).toBe(0);
  project.edit("wrangler.toml", "https://ml-blog.library.workers.dev", "https://library.example.org");
  expect((await run("deploy")).said).toContain(
    "Workers ... no other Worker uses the database Chapters ... none on record Database ...",
  );
  expect(rows()).toEqual([{ name: "ml-blog", origin: "https://library.example.org" }]);

  project.edit("wrangler.toml", 'name = "ml-blog"', 'name = "tea"');
  const refused = await run("deploy");
  expect([refused.code, refused.said.slice(refused.said.indexOf("Workers ..."))]).toEqual([
    1,
    [
      "Workers ... failed",
      "The Worker `ml-blog` also uses the database of this library, and its cron trigger runs. Two Workers with one database would both email its subscribers, each with its own chapters and links to its own ORIGIN; `tea` must not be the second.",
      'If this is the same library, keep its Worker: set name = "ml-blog" in wrangler.toml again. A new URL needs only ORIGIN and `routes`.',
      "If the library moves to the Worker `tea`, follow these steps in order:",
      "1. Set the old name in wrangler.toml again, run `npm run backup -- --remote`, and set the new name.",
      '2. Keep the object store, which has the images of sent emails: put id = "00000000000000000000000000000001" below binding = "SHELF" in wrangler.toml.',
      "3. `npx wrangler delete --name ml-blog`: from now on nothing is sent, and the site is offline until step 4.",
      "4. `npm run deploy`",
      "5. Set all secrets again with `npx wrangler secret put NAME`. TOKEN_KEYS needs its old value, or links in sent emails stop working.",
      "6. Change the URL of the webhook in Resend and the domain of the Access application to the new ORIGIN.",
      "If both should run: `npm run deploy -- --beside ml-blog`",
    ].join(" "),
  ]);
  expect(changes()).toEqual([]);
  expect((await run("doctor", "--remote")).said).toContain(
    "error Workers The Worker `ml-blog` also uses the database of this library",
  );

  // Step 3 without step 2.
  cloudflare.workers.delete("ml-blog");
  const bare = await run("deploy");
  expect([bare.code, bare.said]).toEqual([
    1,
    expect.stringContaining(
      'Put this line below binding = "SHELF" in wrangler.toml, and run `npm run deploy` again: id = "00000000000000000000000000000001".',
    ),
  ]);
  expect(changes()).toEqual([]);
  project.edit("wrangler.toml", 'binding = "SHELF"', 'binding = "SHELF"\nid = "00000000000000000000000000000001"');
  const moved = await run("deploy");
  expect([moved.code, moved.said]).toEqual([
    0,
    expect.stringContaining(
      "Workers ... takes over the database from ml-blog Chapters ... none on record Database ...",
    ),
  ]);
  expect(cloudflare.workers.site("tea")?.bindings).toContainEqual(
    expect.objectContaining({ name: "SHELF", namespace_id: "00000000000000000000000000000001" }),
  );
  expect(rows().map(({ name }) => name)).toEqual(["ml-blog", "tea"]);
  expect((await run("deploy")).said).toContain("Workers ... no other Worker uses the database");
  expect(cloudflare.unknown).toEqual([]);
}, 480_000);
