import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs, type ParseArgsConfig } from "node:util";

/** What a command says of itself: the comment its file begins with. */
function helpOf(file: string): string {
  const [, comment = ""] = /^\/\*\*([\s\S]*?)\*\//.exec(readFileSync(fileURLToPath(file), "utf8")) ?? [];
  return comment.replaceAll(/^ ?\* ?/gm, "").replaceAll("`", "").trim();
}

/**
 * What a command was given. With `--help` it only says what it does; so it does, and fails with 2, when it was given what it
 * does not know. `file` is the command's own `import.meta.url`.
 */
export function commandLine<const Config extends ParseArgsConfig>(file: string, config: Config) {
  if ((config.args ?? process.argv).includes("--help")) {
    console.log(helpOf(file));
    process.exit(0);
  }
  try {
    return parseArgs(config);
  } catch (error) {
    console.error(`${(error as Error).message.split(". ")[0]!.replace(/\.$/, "")}.\n\n${helpOf(file)}`);
    process.exit(2);
  }
}
