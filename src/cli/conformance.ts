/** `npm run conformance -- --adapter <file>`: runs an operator's own `mayPlay(identifiers, purpose)`, which that file exports, through the conformance kit. */
import { randomBytes } from "node:crypto";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { conformanceCommand } from "../client/conformance/index.ts";
import { commandLine } from "./command-line.ts";

const { values: { adapter } } = commandLine(import.meta.url, { options: { adapter: { type: "string" } } });
if (!adapter) {
  console.error("say which file: npm run conformance -- --adapter src/client/examples/adapter.ts");
  process.exit(2);
}
process.exitCode = await conformanceCommand({
  load: () => import(pathToFileURL(resolve(adapter)).href),
  print: (line) => console.log(line),
  now: Date.now,
  random: randomBytes,
});
