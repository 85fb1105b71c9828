/** Rewords Commander's errors: what is wrong, then what to do. */
import type { CommanderError, CommandUnknownOpts } from "@commander-js/extra-typings";
import { advise } from "../publish/source/suggest.ts";

/** Option names as written: `--remote`. */
export const optionsOf = ({ options }: CommandUnknownOpts): string[] => [
  ...options.flatMap(({ long }) => long ?? []),
  "--help",
  "-h",
];

export function describeUsageError(command: CommandUnknownOpts, { code, message }: CommanderError): string {
  const named = /'(.*)'/s.exec(message)?.[1] ?? "";
  switch (code) {
    case "commander.unknownOption": {
      const [name = "", value] = named.split("=");
      const known = optionsOf(command);
      return value !== undefined && known.includes(name)
        ? `\`${name}\` takes no value: use it on its own, or leave it out.`
        : `Unknown option \`${name}\`. ${advise(name, known, "options")}`;
    }
    case "commander.optionMissingArgument":
      return `\`${named.split(" ")[0]}\` needs a value. See \`--help\`.`;
    case "commander.unknownCommand":
      return `Unknown command \`${named}\`. ${advise(named, commandsOf(command), "commands")}`;
    case "commander.missingArgument":
      return `The argument <${named}> is missing. See \`--help\`.`;
    case "commander.excessArguments": {
      const most = command.registeredArguments.length;
      const surplus = command.args[most] ?? "";
      return most === 0
        ? `\`${surplus}\` is not a valid argument here. See \`--help\`.`
        : `\`${surplus}\` is an unexpected argument; put arguments that contain spaces in quotes. See \`--help\`.`;
    }
    default:
      return message.replace(/^error: /, "");
  }
}

/** Commands in the help, without hidden ones. */
const commandsOf = (command: CommandUnknownOpts): string[] =>
  command
    .createHelp()
    .visibleCommands(command)
    .map((each) => each.name());
