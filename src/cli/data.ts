/** `npm run data`: writes docs/data.md, entity by entity, from the tables and the stores themselves, and docs/states.md from the tables of states. */
import { writeFileSync } from "node:fs";
import { dataPage, PAGE } from "./data/page.ts";
import { STATES_PAGE, statesPage } from "./data/states.ts";

writeFileSync(PAGE, await dataPage());
writeFileSync(STATES_PAGE, statesPage());
