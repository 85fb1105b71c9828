/** Fakes the part of Cloudflare's API for Workers: versions, the active one, and cron triggers. */
import * as v from "valibot";
import type { AssetStore } from "./cloudflare-assets.ts";
import { type ApiAnswer, type ApiRequest, failure, type Handler, type Routes, success } from "./cloudflare-exchange.ts";

/** Steps of a deploy that can be made to fail. */
export type Step = "script upload" | "activation" | "secret";

/** A deployed version: everything uploaded together. */
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
type Binding = v.InferOutput<typeof BindingSchema>;

const MetadataSchema = v.object({
  main_module: v.string(),
  bindings: v.array(BindingSchema),
  assets: v.object({ jwt: v.string(), config: v.object({ _headers: v.string() }) }),
});

const DeploymentSchema = v.object({ versions: v.tuple([v.object({ version_id: v.string() })]) });
const SecretSchema = v.object({ name: v.string(), text: v.string(), type: v.literal("secret_text") });
const SchedulesSchema = v.array(v.object({ cron: v.string() }));

interface Worker {
  readonly versions: Site[];
  live: { site: Site; id: string } | undefined;
  schedules: readonly string[];
}

export class Workers {
  failing: Step | undefined;
  /** Name -> value of the author's secrets, the same for every Worker. */
  readonly secrets = new Map<string, string>();
  readonly #assets: AssetStore;
  readonly #all = new Map<string, Worker>();
  /** Name of the Worker activated last. */
  #latest = "";

  constructor(assets: AssetStore) {
    this.#assets = assets;
  }

  /** The site of the named Worker, by default of the one activated last. */
  site(name = this.#latest): Site | undefined {
    return this.#all.get(name)?.live?.site;
  }

  schedules(name = this.#latest): readonly string[] {
    return this.#all.get(name)?.schedules ?? [];
  }

  /** Makes a Worker live without the API and without files. */
  create(name: string, bindings: readonly Binding[]): void {
    const site = { script: "", bindings, assets: new Map(), assetHeaders: "" };
    const live = { site, id: "00000000-0000-4000-9000-000000000001" };
    this.#all.set(name, { versions: [site], live, schedules: ["*/5 * * * *"] });
    this.#latest = name;
  }

  /** As `wrangler delete`. */
  delete(name: string): void {
    this.#all.delete(name);
  }

  readonly routes: Routes = {
    "GET /workers/subdomain": () => success({ subdomain: "library" }),
    "GET /workers/scripts": () =>
      success([...this.#all].flatMap(([id, { live }]) => (live === undefined ? [] : [{ id }]))),
    "GET /workers/services/:script": this.#ifDeployed(() => ({
      default_environment: {
        environment: "production",
        script: { tag: "1", tags: [], last_deployed_from: "wrangler" },
      },
    })),
    "GET /workers/scripts/:script/deployments": this.#ifDeployed(({ live }) => ({
      deployments: [{ id: "1", versions: [{ version_id: live?.id, percentage: 100 }] }],
    })),
    "GET /workers/scripts/:script/settings": this.#ifDeployed(({ live }) => ({ bindings: live?.site.bindings })),
    "GET /workers/scripts/:script/schedules": this.#ifDeployed(({ schedules }) => ({
      schedules: schedules.map((cron) => ({ cron })),
    })),
    "GET /workers/scripts/:script/secrets": this.#ifDeployed(() =>
      [...this.secrets.keys()].map((name) => ({ name, type: "secret_text" })),
    ),
    "PUT /workers/scripts/:script/secrets": (request) => {
      if (this.failing === "secret") return internalError;
      return this.#ifDeployed(() => {
        const { name, text } = v.parse(SecretSchema, request.json());
        this.secrets.set(name, text);
        return { name, type: "secret_text" };
      })(request);
    },
    "GET /workers/workers/:script": this.#ifDeployed(() => ({ subdomain: { enabled: true, previews_enabled: true } })),
    "POST /workers/scripts/:script/subdomain": this.#ifDeployed(() => ({ enabled: true, previews_enabled: true })),
    "PATCH /workers/scripts/:script/script-settings": this.#ifDeployed(() => ({})),
    "PUT /workers/scripts/:script/schedules": (request) => {
      const schedules = v.parse(SchedulesSchema, request.json()).map(({ cron }) => cron);
      this.#worker(request).schedules = schedules;
      return success({ schedules });
    },
    // The first deploy uploads and activates in one step.
    "PUT /workers/scripts/:script": (request) => this.#upload(request, (id) => this.#activate(request, id)),
    // Later deploys upload a version, then activate it.
    "POST /workers/scripts/:script/versions": (request) => this.#upload(request, () => undefined),
    "POST /workers/scripts/:script/deployments": (request) => {
      if (this.failing === "activation") return internalError;
      this.#activate(request, v.parse(DeploymentSchema, request.json()).versions[0].version_id);
      return success({ id: "1" });
    },
  };

  /** Answers only if the Worker is deployed. */
  #ifDeployed(answer: (worker: Worker) => unknown): Handler {
    return ({ params }) => {
      const worker = this.#all.get(params.script ?? "");
      return worker?.live
        ? success(answer(worker))
        : failure(404, 10_007, "This Worker does not exist on your account.");
    };
  }

  #worker({ params: { script = "" } }: Pick<ApiRequest, "params">): Worker {
    const worker = this.#all.get(script) ?? { versions: [], live: undefined, schedules: [] };
    this.#all.set(script, worker);
    return worker;
  }

  async #upload(request: ApiRequest, next: (id: string) => void): Promise<ApiAnswer> {
    if (this.failing === "script upload") return internalError;
    const form = await request.form();
    const metadata = v.parse(MetadataSchema, JSON.parse(await textOf(form.get("metadata"))));
    const assets = this.#assets.filesOf(metadata.assets.jwt);
    if (assets === undefined) return failure(400, 10_304, "Assets of this version have not been uploaded.");
    const worker = this.#worker(request);
    const bindings = metadata.bindings.map((binding) =>
      binding.type === "inherit" ? inherited(worker, binding.name) : binding,
    );
    const site = {
      script: await textOf(form.get(metadata.main_module)),
      bindings,
      assets,
      assetHeaders: metadata.assets.config._headers,
    };
    const id = `00000000-0000-4000-9000-${String(worker.versions.push(site)).padStart(12, "0")}`;
    next(id);
    return success({ id, deployment_id: id, startup_time_ms: 1, resources: { script: { etag: id } } });
  }

  #activate(request: ApiRequest, id: string): void {
    const worker = this.#worker(request);
    const site = worker.versions[Number(id.slice(-12)) - 1];
    if (site === undefined) return;
    worker.live = { site, id };
    this.#latest = request.params.script ?? "";
  }
}

function inherited({ live }: Worker, name: string): Binding {
  const binding = live?.site.bindings.find((known) => known.name === name);
  if (binding === undefined) throw new Error(`There is no binding ${name} to inherit`);
  return binding;
}

const internalError = failure(
  500,
  10_013,
  "An unknown error has occurred. If this error continues to occur, please contact support.",
);

const textOf = async (part: File | string | null): Promise<string> =>
  typeof part === "string" ? part : ((await part?.text()) ?? "");
