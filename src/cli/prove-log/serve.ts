/** The whole system as a process of its own, to be killed: `node serve.ts DIRECTORY`; its first line is its address. */
import { keepSecrets } from "../secrets.ts";
import { startSystem } from "../system.ts";

const directory = process.argv[2]!;
const system = await startSystem({ directory: `${directory}/data`, secrets: keepSecrets(`${directory}/secrets.json`) });
console.log(JSON.stringify({ url: system.url, pages: await system.direct("portal"), administrator: await system.administrator() }));
