import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isEntry } from "../../src/audit/entry.ts";
import { CASE_EVENTS } from "../../src/domains/exclusions/cases/model.ts";
import { NOTICES } from "../../src/domains/exclusions/outbox.ts";
import { ROOT_STATES } from "../../src/domains/exclusions/roots/rpc.ts";
import { ACTION_OF } from "../../src/domains/operators/applications/model.ts";
import { RUN_STATES } from "../../src/domains/operators/conformance/model.ts";
import { LICENCE_EVENTS } from "../../src/domains/operators/licensing/model.ts";
import { ACTS_ON_TOKENS } from "../../src/domains/operators/token-acts/model.ts";
import { VIOLATION_STATES } from "../../src/domains/compliance/violations/model.ts";
import { LOOKUP_STATES } from "../../src/domains/tokens/lookups/model.ts";
import { QUARANTINE_STATES } from "../../src/domains/tokens/quarantines/model.ts";
import { CLAIM_STATES } from "../../src/domains/users/claims/model.ts";
import { REQUEST_STATES } from "../../src/domains/users/rights/model.ts";
import { uuidv7 } from "../../src/kernel/ids.ts";
import { random } from "../../src/objects/shell.ts";

const texts = globSync(["src/**/*.ts", "workers/**/*.ts"]).filter((path) => !/^src\/(cli|simulation|i18n)\//.test(path)).map((path) => readFileSync(path, "utf8"));
const found = (pattern: RegExp): string[] => [...new Set(texts.flatMap((text) => [...text.matchAll(pattern)].map(([, one]) => one!)))].toSorted();

/** Written out where an action stands, also in a choice of two or in a list of them; what others call an action is in one word. */
const WRITTEN = [...found(/"([a-z-]+\.[a-z.-]*[a-z])"/g), ...found(/\baction: "([^"]+)"/g)];

/** Put together from what can stand in it. */
const TOGETHER: Record<string, readonly string[]> = {
  "case.${event}": CASE_EVENTS,
  "conformance-run.${state}": RUN_STATES,
  "data-request.${state}": REQUEST_STATES,
  "device.${what}": ["trusted", "distrusted", "blocked", "unblocked", "forgotten"],
  "exclusion.${event}": Object.keys(NOTICES),
  "exclusion.${outcome}": ["registered", "extended", "unchanged"],
  "licence.${EVENT_OF[act]}": LICENCE_EVENTS,
  'oauth-grant.${consent ? "agreed" : "remembered"}': ["agreed", "remembered"],
  "operator-application.${ACTION_OF[step]}": Object.values(ACTION_OF),
  "operator.token-${act}": ACTS_ON_TOKENS,
  "phone-claim.${judged.state}": CLAIM_STATES,
  "root.${state}": ROOT_STATES,
  "token-lookup.${action}": [...LOOKUP_STATES, "answered"],
  "token-quarantine.${judged.state}": QUARANTINE_STATES,
  "violation.${state}": VIOLATION_STATES,
  "${secret}.refused": ["restore-token", "bootstrap-secret"],
  "${SEARCHED}-too-often": ["exclusion.searched"],
};

const canBeLeaf = (action: string): boolean => isEntry({ id: uuidv7(1, random), at: 1, action, commitment: "A".repeat(43) });

describe("every action the audit has", () => {
  it("can be a leaf of the log where it is written out", () => {
    expect(WRITTEN.length).toBeGreaterThan(100);
    expect(WRITTEN.filter((action) => !canBeLeaf(action))).toEqual([]);
  });

  it("can be one where it is put together, with each word that can stand in it", () => {
    const templates = found(/\baction: [^,\n]*?`([^`]+)`/g).filter((template) => template !== "exclusion.${string}");
    expect(templates).toEqual(Object.keys(TOGETHER).toSorted());
    const all = Object.entries(TOGETHER).flatMap(([template, words]) => words.map((word) => template.replace(/\$\{.*\}/, word)));
    expect(all.filter((action) => !canBeLeaf(action))).toEqual([]);
  });
});
