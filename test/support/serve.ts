/** The whole system as a process of its own, for tests that kill it: `node serve.ts DIRECTORY`; its first line is its address. */
import { keepSecrets } from "../../src/cli/secrets.ts";
import { startSystem } from "../../src/cli/system.ts";

const directory = process.argv[2]!;
const system = await startSystem({ directory: `${directory}/data`, secrets: keepSecrets(`${directory}/secrets.json`) });
console.log(JSON.stringify({ url: system.url, pages: await system.direct("portal"), administrator: await system.administrator() }));
