import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { entities } from "../../src/cli/data/entities.ts";
import { dataPage, PAGE } from "../../src/cli/data/page.ts";
import { STATES_PAGE, statesPage, statesSection } from "../../src/cli/data/states.ts";
import { usesOf } from "../../src/cli/data/uses.ts";

describe("docs/data.md", () => {
  it("is what `npm run data` would write", async () => expect(readFileSync(PAGE, "utf8")).toBe(await dataPage()));

  it("tells of each table once, with what is declared of it", async () => {
    const all = await entities();
    const tokens = all.filter(({ name }) => name === "accessTokens");
    expect(tokens).toMatchObject([{ owner: "authentication", databases: ["office"] }]);
    expect(tokens[0]!.indexes).toContainEqual({ name: "accessTokens_by_hash", columns: ["hash"], unique: true, partial: false, covering: false });
    expect(tokens[0]!.columns).toContainEqual({ name: "userId", type: "text", nullable: false, primary: false, refersTo: "users" });
    expect(all.find(({ name }) => name === "due")!.databases.length).toBeGreaterThan(3);
  });

  it("finds who writes and who reads, through what a file keeps to itself", async () => {
    const all = await entities();
    const uses = usesOf(all);
    const of = (file: string, constant: string) => uses[all.findIndex((entity) => entity.file === file && entity.constant === constant)];
    expect(of("src/domains/compliance/tables.ts", "auditFlags")).toEqual({ writtenBy: ["updateFlag", "putFlags"], readBy: ["flagsOf", "flagById"] });
    expect(of("src/office/tables.ts", "auditEntries")!.writtenBy).toContain("commit");
    expect(of("src/office/tables.ts", "commands")!.readBy).toContain("once");
    expect(of("src/domains/users/accounts/tables.ts", "users")!.readBy).toContain("holdersOf");
    expect(of("src/replication/tables.ts", "members")!.writtenBy).toContain("applyRows");
  });
});

describe("docs/states.md", () => {
  it("is what `npm run data` would write", () => expect(readFileSync(STATES_PAGE, "utf8")).toBe(statesPage()));

  it("draws each change of state, and says of each event who causes it and what is told", () => {
    const lamp = { off: { pressed: "on" }, on: { pressed: "off", burnt: "broken", dimmed: "on" }, broken: {} } as const;
    const section = statesSection({
      name: "A lamp", about: "It shines.", transitions: lamp, begins: { off: "bought" },
      causes: { pressed: "somebody", burnt: "by itself", dimmed: "anybody" }, told: (event) => (event === "burnt" ? "It is dark." : null),
    });
    expect(section).toContain(["  [*] --> off: bought", "  off --> on: pressed", "  on --> off: pressed", "  on --> broken: burnt", "  broken --> [*]"].join("\n"));
    expect(section).not.toContain("on --> on");
    expect(section).toContain("| `dimmed` | in `on` | anybody | nothing |");
    expect(section).toContain("| `pressed` | `off` → `on`; `on` → `off` | somebody | nothing |");
    expect(section).toContain("| `burnt` | `on` → `broken` | by itself | It is dark. |");
  });
});
