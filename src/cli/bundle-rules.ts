/** What a bundle that leaves this project may hold. Names come first: a ceiling of bytes notices a stray library late and vaguely. */
import type { AnyDeployable } from "./deployables.ts";

/** What operators take with them: into Node, Workers and pages. */
export const CLIENTS = ["client/index", "client/blind", "client/relay"] as const;

/** Stands before the name of each global that only Node has. */
export const NODE_ONLY = "NODE_ONLY_";

type Name = AnyDeployable["name"] | (typeof CLIENTS)[number];

export interface Bundle {
  name: Name;
  /** Size of the script as uploaded or sent, before compression. */
  bytes: number;
  /** The files its code comes from, as paths from the project's root. */
  sources: string[];
  code: string;
}

interface Limits {
  /** Every source must match. */
  only?: RegExp;
  /** No source may match. */
  never?: RegExp;
  maxBytes?: number;
}

const LIMITS: Record<Name, Limits> = {
  tokenizer: { only: /^(workers\/tokenizer|src\/(kernel|bst)|node_modules\/(@noble\/|libphonenumber-js))/ },
  register: { never: /^src\/((api|office|pages|i18n)\/|adapters\/(?!libsql\/))|node_modules\/(zod|hono|@hono)\// },
  origin: { never: /^src\/bst\/pseudonym\.ts$/ },
  // `import * as z` leaves out what is not used; `import { z }` brings the words of fifty languages.
  portal: { never: /^src\/(objects|office|replication)\/|node_modules\/(drizzle-orm\/|zod\/v4\/locales\/(?!en\.))/ },
  edge: {
    only: /^(workers\/edge|src\/(kernel|bst|snapshot|check|tlog|adapters\/libsql)|node_modules\/(hono|@noble\/(ciphers|hashes)))\//,
    maxBytes: 245_000,
  },
  "client/index": { only: /^src\/(client\/|bst\/(text|bech32m|kinds)\.ts)/, maxBytes: 20_000 },
  "client/blind": { only: /^(src\/(client|bst|kernel)|node_modules\/(@noble\/(curves|hashes)|libphonenumber-js))\//, maxBytes: 100_000 },
  "client/relay": { only: /^src\/client\//, maxBytes: 5_000 },
  // It is somebody else's program: it knows the formats of logs, and nothing of the register.
  witness: { only: /^((workers|migrations)\/witness|src\/(kernel|tlog|witness|objects)|node_modules\/(drizzle-orm|@noble\/hashes))\//, maxBytes: 230_000 },
};

/** The simulators live under this path, in `workers/local` alone. */
const DEVELOPMENT_ONLY = "/dev/";

/** Everything that is wrong with a bundle, in words; empty when it may leave. */
export function faultsOf({ name, bytes, sources, code }: Bundle): string[] {
  const { only, never, maxBytes } = LIMITS[name];
  const strays = sources.filter((source) => (only && !only.test(source)) || never?.test(source));
  const nodes = [...new Set(code.match(new RegExp(`${NODE_ONLY}\\w+`, "g")))].map((mark) => mark.slice(NODE_ONLY.length));
  return [
    ...(nodes.length ? [`${name} needs Node's ${nodes.join(", ")}`] : []),
    ...(strays.length ? [`${name} must not hold ${strays.length} files such as ${strays.slice(0, 3).join(", ")}`] : []),
    ...(maxBytes && bytes > maxBytes ? [`${name} is ${bytes} bytes, more than ${maxBytes}`] : []),
    ...(code.includes(DEVELOPMENT_ONLY) ? [`${name} mentions ${DEVELOPMENT_ONLY}`] : []),
  ];
}
