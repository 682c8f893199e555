import { describe, expect, it } from "vitest";
import { fresh, status, testAccounts } from "../support/accounts.ts";

const { test, create, change, remove, restore, profileOf } = testAccounts();

describe("a name", () => {
  it.each(["Wanjikũ Ng'ang'a", "محمد عبد الله", "O'Brien\"; DROP TABLE users;--", "👩🏾‍⚖️ Judge", "李", "%s ${x} <b>", "x".repeat(100)])("of any kind is kept: %s", async (name) => {
    const { response, body } = await create({ name, email: fresh() });
    expect(response.status).toBe(201);
    expect(await profileOf(body.id)).toMatchObject({ name });
    expect(body.name).toContain("•••");
  });

  it.each(["", "   ", "x".repeat(101), "x".repeat(10_000), "a\0b", "a\nb", "a\u001bb", "\ud800", 7, null])("that is none is refused: %j", async (name) => {
    const refused = await create({ name, email: fresh() });
    expect([refused.response.status, refused.body.errors?.[0].pointer]).toEqual([422, "/name"]);
  });

  it.each(["", "a", "a@", "@b.test", "a b@example.test", "محمد@example.test", "a\0@example.test", "👩@example.test", `${"a".repeat(10_000)}@example.test`, "a@example.test\nBcc: b@example.test"])(
    "and an address that is none: %j", async (email) => {
      const refused = await create({ name: "Somebody", email });
      expect([refused.response.status, refused.body.errors?.[0].pointer]).toEqual([422, "/email"]);
    });

  it("and an address with an apostrophe is one", async () => expect(await status(create({ name: "O'Brien", email: `o'brien+${crypto.randomUUID()}@example.test` }))).toBe(201));

  it("stands in no column of any table, whatever was done", async () => {
    const [name, email] = ["Zanzibarina Quuxworth", "quuxworth@zanzibar.example.ke"];
    const { body: { id } } = await create({ name, email });
    await change(id, 1, { name: `${name}-Jones`, email: `jones.${email}` });
    await remove(id, 2);
    await restore(id);
    const { $client } = test.office.primary;
    const { rows: tables } = await $client.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'libsql_%'");
    const dumps = await Promise.all(tables.map(async ({ name: table }) => (await $client.execute(`SELECT * FROM "${String(table)}"`)).rows));
    const text = dumps.flat().flatMap((row) => Object.values(row).map((value) => (value instanceof ArrayBuffer ? Buffer.from(value).toString("latin1") : String(value)))).join("\n").toLowerCase();
    expect(text).toContain(id);
    for (const part of ["zanzibar", "quuxworth", "jones"]) expect(text).not.toContain(part);
  });
});
