/** `npm run client:pack`: builds the operators' client into .build/client, as JavaScript with its types, and packs it there, ready to publish. */
import { packClient } from "./client-bundle.ts";

console.log(packClient(".build/client"));
