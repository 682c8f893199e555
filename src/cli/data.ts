/** `npm run data`: writes docs/data.md, entity by entity, from the tables and the stores themselves. */
import { writeFileSync } from "node:fs";
import { dataPage, PAGE } from "./data/page.ts";

writeFileSync(PAGE, await dataPage());
