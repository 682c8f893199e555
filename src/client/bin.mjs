#!/usr/bin/env node
/** `npx nser-conformance <file>`: runs the `mayPlay(identifiers, purpose)` that the file exports through the conformance kit. */
import { randomBytes } from "node:crypto";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const { conformanceCommand } = await import(new URL("dist/client/conformance/index.js", import.meta.url).href);
const load = () => import(pathToFileURL(resolve(process.argv[2] ?? "adapter.js")).href);
process.exitCode = await conformanceCommand({ load, print: (line) => console.log(line), now: Date.now, random: randomBytes });
