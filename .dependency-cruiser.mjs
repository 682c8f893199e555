/**
 * Which way imports may point. Each rule has a violation in test/architecture/imports.test.ts that it must report.
 * TypeScript 7 has no compiler API, so swc does the parsing: without it nothing is seen and nothing complains.
 */

/** What a slice publishes; its tables too, for foreign keys and joins are between slices. */
const CONTRACTS = "(index|model|policies|capabilities|outbox|tables|[a-z-]*rpc)[.]ts$";

/** A package, wherever it is installed. */
const npm = (...names) => `(^|/)node_modules/(${names.join("|")})/`;
const ANY_PACKAGE = "(^|/)node_modules/";

/** Edge and register reach libSQL by a plain call, and nothing else of the outside world. */
const FOREIGN_ADAPTERS = "^src/adapters/(?!libsql/)";

const forbid = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

/** `from` may import only itself and what is listed. */
const standsOn = (name, from, ...allowed) =>
  forbid(name, `src/${from} imports nothing else`, { path: `^src/${from}/` }, { pathNot: [`^src/${from}/`, ...allowed] });

/** Only `homes` may import `packages`. */
const livesIn = (name, packages, ...homes) =>
  forbid(name, "a library has one home", { path: "^(src|workers|migrations)/", pathNot: homes }, { path: npm(...packages) });

/** Nothing of `to` may be reached from `from`, over however many steps. */
const cannotReach = (name, comment, from, to) => forbid(name, comment, from, { ...to, reachable: true });

const layers = [
  standsOn("kernel-is-the-floor", "kernel", npm("temporal-polyfill")),
  standsOn("bst-stands-on-kernel", "bst", "^src/kernel/", npm("@noble", "libphonenumber-js")),
  standsOn("snapshot-stands-on-kernel", "snapshot", "^src/kernel/", "^src/bst/kinds[.]ts$", npm("@noble/hashes")),
  standsOn("check-stands-on-the-floors", "check", "^src/(kernel|bst|snapshot|tlog)/", npm("@noble/hashes")),
  standsOn("tlog-stands-on-kernel", "tlog", "^src/kernel/", npm("@noble/hashes")),
  standsOn("audit-stands-on-the-log", "audit", "^src/(kernel|tlog|objects)/", npm("@noble/hashes", "drizzle-orm")),
  standsOn("witness-stands-on-the-formats", "witness", "^src/(kernel|tlog|objects)/", npm("drizzle-orm")),
  standsOn("sealing-stands-on-kernel", "sealing", "^src/kernel/", "^src/bst/key-config[.]ts$", npm("@noble/ciphers")),
  forbid(
    "client-stands-alone",
    "an operator takes it along; its examples stand on Node and it",
    { path: "^src/client/", pathNot: "^src/client/(examples/|bin[.]mjs$)" },
    { pathNot: ["^src/client/", "^src/bst/(text|canonical|kinds|test-persons)[.]ts$", "^src/kernel/bytes[.]ts$", npm("@noble/curves")] },
  ),
  forbid(
    "rules-are-pure",
    "a decision imports decisions and the floors, and no package, not even its types",
    { path: "^src/domains/[^/]+/(rules|model|policies)[.]ts$" },
    { pathNot: ["^src/(kernel|bst|check)/", "^src/domains/[^/]+/(rules|model|policies)[.]ts$"] },
  ),
  forbid(
    "slices-enter-by-the-door",
    "another slice is entered by what it publishes",
    { path: "^src/domains/([^/]+)/" },
    { path: "^src/domains/[^/]+/", pathNot: ["^src/domains/$1/", `^src/domains/[^/]+/${CONTRACTS}`, `^src/domains/[^/]+/[a-z-]+/${CONTRACTS}`] },
  ),
];

/** Peers and stand-ins are Workers and servers of their own, and never deployed. */
const BENCH = "^src/cli/bench/";

const homes = [
  livesIn("drizzle-only-where-rows-live", ["drizzle-orm"], "/(tables|store)[.]ts$", "^src/(objects|replication|office)/", "^migrations/", "^src/cli/(office[.]ts$|data/)"),
  livesIn("libsql-only-in-the-office", ["@libsql"], "^src/office/", BENCH),
  livesIn("hono-only-at-the-rim", ["hono"], "^src/(api|pages)/", "/routes[.]ts$", "/pages([.]tsx$|/)", "^workers/", BENCH),
  livesIn("openapi-only-in-contracts", ["@hono"], "^src/api/", "/(routes|schema)[.]ts$", BENCH),
  livesIn("calendars-only-in-periods", ["temporal-polyfill"], "^src/kernel/periods[.]ts$"),
  livesIn("redis-only-in-its-adapter", ["@upstash"], "^src/adapters/redis/", BENCH),
  livesIn("messages-only-in-i18n", ["intl-messageformat"], "^src/i18n/"),
  forbid("platform-only-in-workers", "Workers' own modules stay in the shells", { path: "^src/", pathNot: BENCH }, { path: "^cloudflare:" }),
];

const direction = [
  forbid("no-cycles", "what imports each other is one thing", {}, { circular: true }),
  forbid("nobody-imports-workers", "deployables are leaves", { path: "^(src|migrations)/", pathNot: "^src/(cli|simulation)/" }, { path: "^workers/" }),
  forbid("nobody-imports-the-command-line", "", { path: "^(src|workers)/", pathNot: "^src/cli/" }, { path: "^src/cli/" }),
  forbid("nobody-imports-the-simulation", "it runs the product, which knows nothing of it", { path: "^(src|workers)/", pathNot: "^src/(cli|simulation)/" }, {
    path: "^src/simulation/",
  }),
  forbid("nobody-imports-tests", "", { path: "^(src|workers|migrations)/" }, { path: "^test/" }),
  forbid("workers-stand-apart", "no Worker imports another", { path: "^workers/([^/]+)/" }, { path: "^workers/", pathNot: "^workers/$1/" }),
  forbid("everything-resolves", "an import nobody can follow escapes every rule", {}, {
    couldNotResolve: true,
    pathNot: "^cloudflare:",
  }),
];

const reach = [
  cannotReach(
    "checks-need-no-curve",
    "who asks about tokens loads the text form alone: blind issuance is an entry of its own",
    { path: "^src/client/index[.]ts$" },
    { path: ["^src/bst/canonical[.]ts$", "^src/kernel/bytes[.]ts$", npm("@noble", "libphonenumber-js")] },
  ),
  cannotReach(
    "edge-stays-tiny",
    "the check answers from memory and loads nothing it does not need",
    { path: "^workers/edge/" },
    {
      path: [
        "^src/(domains|api|objects|office|replication|pages|i18n)/",
        FOREIGN_ADAPTERS,
        npm("zod", "drizzle-orm", "@libsql", "@upstash", "libphonenumber-js", "@noble/curves", "temporal-polyfill"),
      ],
    },
  ),
  cannotReach(
    "register-has-no-back-office",
    "the critical objects ship without the office's code",
    { path: "^workers/register/" },
    { path: ["^src/(api|office|pages|i18n)/", FOREIGN_ADAPTERS, "/(routes[.]ts|pages[.]tsx|schema[.]ts)$", npm("zod", "hono", "@hono")] },
  ),
  cannotReach(
    "portal-asks-origin",
    "pages hold no data: they ask",
    { path: "^workers/portal/" },
    { path: ["^src/(objects|office|replication)/", "/(tables|store)[.]ts$", npm("drizzle-orm", "@libsql")] },
  ),
  forbid(
    "identities-have-one-door",
    "what a vault opens to staff is asked for by the door, which writes it down first",
    { path: "^(src|workers)/", pathNot: ["^src/domains/users/(identities/|rpc[.]ts$)", "^workers/origin/(person|environment)[.]ts$"] },
    { path: "^src/domains/users/identities/(rpc|read|door)[.]ts$" },
  ),
  cannotReach(
    "only-origin-opens-what-is-sealed",
    "identities are sealed and opened in the office",
    { path: "^workers/", pathNot: "^workers/origin/" },
    { path: "^src/sealing/" },
  ),
  cannotReach(
    "identity-keys-stay-in-the-tokenizer",
    "nobody else turns an identifier into a pseudonym",
    { path: "^workers/", pathNot: "^workers/tokenizer/" },
    { path: "^src/bst/pseudonym[.]ts$" },
  ),
];

export default {
  forbidden: [...layers, ...homes, ...direction, ...reach],
  options: {
    parser: "swc",
    tsPreCompilationDeps: true,
    doNotFollow: { path: ANY_PACKAGE },
    exclude: { path: "^[.]build/" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["workerd", "worker", "import"] },
    builtInModules: { add: ["cloudflare:workers", "cloudflare:test", "cloudflare:sockets"] },
  },
};
