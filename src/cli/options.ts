/** Defines the options that several commands share. */
import { Option } from "@commander-js/extra-typings";

/** For every command that reaches wrangler. */
export const environmentOption = () =>
  new Option("--env <name>", "Environment in wrangler.toml (default: CLOUDFLARE_ENV in the shell or in an .env file)");

export const remoteOption = () => new Option("--remote", "Use the deployed library instead of the local one");

export const yesOption = () => new Option("--yes", "Do not ask for confirmation");
