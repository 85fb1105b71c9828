/** Checks Node, wrangler.toml, and the settings that the Worker would derive from it. */
import { indexNowKey } from "../../env.ts";
import { newsletterState } from "../../subscribers/settings.ts";
import type { Target } from "../explain-failure.ts";
import { originProblem } from "../origin-problem.ts";
import { bindingsWayOut, missingBindings, sectionName } from "../wrangler/bindings.ts";
import type { WranglerConfig } from "../wrangler/config.ts";
import { type Finding, ok, unseen, warning, wrong } from "./finding.ts";

export const checkNode = (version: string): Finding => {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  return major > 22 || (major === 22 && minor >= 18)
    ? ok("Node", version)
    : wrong("Node", `${version} is too old`, "Install Node 22.18 or newer from https://nodejs.org.");
};

export function checkConfig(config: WranglerConfig, target: Target): Finding[] {
  const missing = missingBindings(config);
  const crons = config.triggers.crons ?? [];
  const problem = originProblem(config.vars.ORIGIN);
  return [
    config.name ? ok("Name", config.name) : wrong("Name", "none", "Set name in wrangler.toml."),
    problem === undefined
      ? ok("URL", String(config.vars.ORIGIN))
      : target === "local"
        ? unseen("URL", `${problem.replace(/\.$/, "")}; fine locally, but set it before deploying`)
        : wrong(
            "URL",
            problem.replace(/\.$/, ""),
            `Set ORIGIN in ${sectionName("vars")} of wrangler.toml to the public URL of the library.`,
          ),
    missing.length === 0
      ? ok("Bindings", "SHELF, DB, ASSETS")
      : wrong("Bindings", `${missing.join(", ")} is missing`, bindingsWayOut()),
    ...checkOtherAddresses(config),
    crons.length > 0
      ? ok("Cron", crons.join(", "))
      : wrong(
          "Cron",
          "no trigger",
          'Add crons = ["*/5 * * * *"] to [triggers] in wrangler.toml: it emails chapters and records publications.',
        ),
  ];
}

/** With its own domain, the library should not also be reachable at Cloudflare's URLs. */
function checkOtherAddresses({
  vars,
  workers_dev: onWorkersDev,
  preview_urls: hasPreviews,
}: WranglerConfig): Finding[] {
  const origin = String(vars.ORIGIN);
  if (originProblem(origin) !== undefined || new URL(origin).hostname.endsWith(".workers.dev")) return [];
  const missing = [
    ...(onWorkersDev === false ? [] : ["workers_dev"]),
    ...(hasPreviews === false ? [] : ["preview_urls"]),
  ];
  if (missing.length === 0) return [ok("Other URLs", "none: workers.dev and preview URLs are switched off")];
  return [
    warning(
      "Other URLs",
      `${missing.join(" and ")} ${missing.length === 1 ? "is" : "are"} not switched off: the library is also reachable at workers.dev, bypassing the protection of your domain`,
      `Add ${missing.map((key) => `\`${key} = false\``).join(" and ")} to wrangler.toml, above its first [section], and deploy again.`,
    ),
  ];
}

/** Placeholders for secrets whose values cannot be read, so the newsletter's own rules can judge the rest. */
const standIns: Readonly<Record<string, string>> = {
  TOKEN_KEYS: `k1:${"x".repeat(40)}`,
  RESEND_API_KEY: "re_secret",
  RESEND_WEBHOOK_SECRET: `whsec_${Buffer.from("x".repeat(24)).toString("base64")}`,
  TURNSTILE_SECRET: "secret",
};

/** `secrets`: names of the secrets that are set. `values`: the known ones, from .dev.vars. */
export async function checkNewsletter(
  vars: Readonly<Record<string, unknown>>,
  secrets: readonly string[],
  values: Readonly<Record<string, string | undefined>> = {},
): Promise<Finding[]> {
  const given = Object.fromEntries(secrets.map((name) => [name, values[name] ?? standIns[name] ?? "secret"]));
  const state = newsletterState({ ...vars, ...given });
  if (state.kind === "closed" && !state.isPartlyConfigured) return [unseen("Newsletter", "not set up (see README.md)")];
  const place = (name: string) =>
    name in standIns ? `\`npx wrangler secret put ${name}\`` : `${sectionName("vars")} of wrangler.toml`;
  if (state.kind === "closed") {
    const name = /^[A-Z_]+/.exec(state.missing)?.[0] ?? "";
    return [
      wrong(
        "Newsletter",
        `incomplete: ${state.missing.replace(/\.$/, "")}`,
        `Set it in ${place(name)} (see README.md).`,
      ),
    ];
  }
  const advice: readonly (readonly [name: string, reason: string])[] = [
    ["RESEND_WEBHOOK_SECRET", "bounces and complaints are not processed"],
    ["POSTAL_ADDRESS", "many countries require one in every email"],
    ["AUTHOR_EMAIL", "you are not notified when an edition stops"],
  ];
  const missing = advice.filter(([name]) => !vars[name] && !secrets.includes(name));
  return [
    ok("Newsletter", `open, from ${state.settings.from}`),
    ...missing.map(([name, reason]) => warning(name, `not set: ${reason}`, `Set it in ${place(name)}.`)),
    checkTurnstile(["TURNSTILE_SITE_KEY", "TURNSTILE_SECRET"].filter((name) => !vars[name] && !secrets.includes(name))),
  ];
}

function checkTurnstile(missing: readonly string[]): Finding {
  const keys =
    "set its site key as TURNSTILE_SITE_KEY in [vars] of wrangler.toml, and its secret with `npx wrangler secret put TURNSTILE_SECRET`.";
  if (missing.length === 0) return ok("Turnstile", "checks the forms");
  if (missing.length === 1) {
    return wrong(
      "Turnstile",
      `${missing.join()} is not set, so the forms are not checked`,
      `In Cloudflare's dashboard open the widget under Turnstile: ${keys}`,
    );
  }
  return warning(
    "Turnstile",
    "not set up: every day, bots can use up the fifth of MAIL_QUOTA reserved for new subscribers",
    `Add a widget for your host under Turnstile in Cloudflare's dashboard: ${keys}`,
  );
}

export function checkDesk({ ACCESS_TEAM: team, ACCESS_AUD: audience }: Readonly<Record<string, unknown>>): Finding {
  const way = "See README.md: Cloudflare Access shows the team name and the application's audience tag.";
  if (team === undefined && audience === undefined)
    return unseen("Desk", "closed: ACCESS_TEAM and ACCESS_AUD are not set");
  if (typeof team !== "string" || !/^[a-z0-9-]+$/i.test(team))
    return wrong("Desk", "ACCESS_TEAM is not a team name such as `library` of library.cloudflareaccess.com", way);
  return typeof audience === "string" && /^[0-9a-f]{64}$/.test(audience)
    ? ok("Desk", `protected by Cloudflare Access, team ${team}`)
    : wrong("Desk", "ACCESS_AUD is not an audience tag of 64 characters", way);
}

/** Without a key there is nothing to report. */
export function checkIndexNow(vars: Readonly<Record<string, unknown>>): Finding[] {
  const key = indexNowKey(vars);
  if (key.kind === "none") return [];
  return key.kind === "key"
    ? [ok("IndexNow", `new chapters are announced; the key file is /${key.key}.txt`)]
    : [
        wrong(
          "IndexNow",
          `INDEXNOW_KEY ${key.problem}`,
          `Set it in ${sectionName("vars")} of wrangler.toml, or remove it.`,
        ),
      ];
}
