/** The part of Cloudflare's API that holds the Worker: versions of it, and the one that readers meet. */
import * as v from "valibot";
import type { AssetStore } from "./cloudflare-assets.ts";
import { type ApiAnswer, type ApiRequest, failure, type Routes, success } from "./cloudflare-exchange.ts";

/** Steps of a deploy that can be made to fail. */
export type Step = "script upload" | "activation";

/** A deployed version: what was uploaded, together. */
export interface Site {
  /** The Worker as one module. */
  readonly script: string;
  readonly bindings: readonly Binding[];
  /** Path -> bytes. */
  readonly assets: ReadonlyMap<string, Buffer<ArrayBuffer>>;
  /** The text of `_headers`. */
  readonly assetHeaders: string;
}

const BindingSchema = v.looseObject({ name: v.string(), type: v.string() });
export type Binding = v.InferOutput<typeof BindingSchema>;

const MetadataSchema = v.object({
  main_module: v.string(),
  bindings: v.array(BindingSchema),
  assets: v.object({ jwt: v.string(), config: v.object({ _headers: v.string() }) }),
});

const DeploymentSchema = v.object({ versions: v.tuple([v.object({ version_id: v.string() })]) });
const SchedulesSchema = v.array(v.object({ cron: v.string() }));

export class WorkerScript {
  failing: Step | undefined;
  schedules: readonly string[] = [];
  /** Names of the secrets that the author has put. */
  secrets: readonly string[] = [];
  readonly #assets: AssetStore;
  readonly #versions: Site[] = [];
  #live: { site: Site; id: string } | undefined;

  constructor(assets: AssetStore) {
    this.#assets = assets;
  }

  get site(): Site | undefined {
    return this.#live?.site;
  }

  readonly routes: Routes = {
    "GET /workers/subdomain": () => success({ subdomain: "library" }),
    "GET /workers/services/:script": () =>
      this.#ifDeployed({
        default_environment: {
          environment: "production",
          script: { tag: "1", tags: [], last_deployed_from: "wrangler" },
        },
      }),
    "GET /workers/scripts/:script/deployments": () =>
      this.#ifDeployed({ deployments: [{ id: "1", versions: [{ version_id: this.#live?.id, percentage: 100 }] }] }),
    "GET /workers/scripts/:script/settings": () => this.#ifDeployed({ bindings: this.#live?.site.bindings }),
    "GET /workers/scripts/:script/secrets": () =>
      this.#ifDeployed(this.secrets.map((name) => ({ name, type: "secret_text" }))),
    "GET /workers/workers/:script": () => this.#ifDeployed({ subdomain: { enabled: true, previews_enabled: true } }),
    "POST /workers/scripts/:script/subdomain": () => this.#ifDeployed({ enabled: true, previews_enabled: true }),
    "PATCH /workers/scripts/:script/script-settings": () => this.#ifDeployed({}),
    "PUT /workers/scripts/:script/schedules": (request) => {
      this.schedules = v.parse(SchedulesSchema, request.json()).map(({ cron }) => cron);
      return success({ schedules: this.schedules });
    },
    // The first deploy: uploads and activates in one step.
    "PUT /workers/scripts/:script": (request) => this.#upload(request, (id) => this.#activate(id)),
    // Later ones: a version is uploaded, and then made the one that is served.
    "POST /workers/scripts/:script/versions": (request) => this.#upload(request, () => undefined),
    "POST /workers/scripts/:script/deployments": (request) => {
      if (this.failing === "activation") return internalError;
      this.#activate(v.parse(DeploymentSchema, request.json()).versions[0].version_id);
      return success({ id: "1" });
    },
  };

  async #upload(request: ApiRequest, next: (id: string) => void): Promise<ApiAnswer> {
    if (this.failing === "script upload") return internalError;
    const form = await request.form();
    const metadata = v.parse(MetadataSchema, JSON.parse(await textOf(form.get("metadata"))));
    const assets = this.#assets.filesOf(metadata.assets.jwt);
    if (assets === undefined) return failure(400, 10_304, "Assets of this version have not been uploaded.");
    const bindings = metadata.bindings.map((binding) =>
      binding.type === "inherit" ? this.#inherited(binding.name) : binding,
    );
    const site = {
      script: await textOf(form.get(metadata.main_module)),
      bindings,
      assets,
      assetHeaders: metadata.assets.config._headers,
    };
    const id = `00000000-0000-4000-9000-${String(this.#versions.push(site)).padStart(12, "0")}`;
    next(id);
    return success({ id, deployment_id: id, startup_time_ms: 1, resources: { script: { etag: id } } });
  }

  #activate(id: string): void {
    const site = this.#versions[Number(id.slice(-12)) - 1];
    if (site) this.#live = { site, id };
  }

  #inherited(name: string): Binding {
    const binding = this.#live?.site.bindings.find((known) => known.name === name);
    if (binding === undefined) throw new Error(`There is no binding ${name} to inherit`);
    return binding;
  }

  #ifDeployed(result: unknown): ApiAnswer {
    return this.#live ? success(result) : failure(404, 10_007, "This Worker does not exist on your account.");
  }
}

const internalError = failure(
  500,
  10_013,
  "An unknown error has occurred. If this error continues to occur, please contact support.",
);

const textOf = async (part: File | string | null): Promise<string> =>
  typeof part === "string" ? part : ((await part?.text()) ?? "");
