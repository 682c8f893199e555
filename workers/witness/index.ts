import { env } from "cloudflare:workers";
import { errorFacts, errorLine } from "../../src/objects/shell.ts";
import { type Signer, witnessSigner } from "../../src/tlog/sign.ts";
import { answer, type WitnessPorts } from "../../src/witness/answer.ts";
import { type Environment, readSettings } from "./environment.ts";

export { Witness } from "./witness.ts";

/** Read when the isolate starts, so that a witness with wrong settings never cosigns. */
const { name, seed, logs } = readSettings(env as Environment);
let signer: Promise<Signer> | null = null;

const ports: WitnessPorts = {
  logs,
  signer: () => (signer ??= witnessSigner(name, seed)),
  memoryOf: (origin) => (env as Environment).WITNESS.getByName(origin),
  failed: (error) => console.error(errorLine("nser-witness", Date.now(), "a checkpoint was not looked at", errorFacts(error))),
};

export default { fetch: (request) => answer(request, ports) } satisfies ExportedHandler;
