/** What the lines of queries ask about, and how lists are asked for. */
import { systemActor } from "../../../src/kernel/actor.ts";
import { uuidv7 } from "../../../src/kernel/ids.ts";
import { random } from "../../../src/objects/shell.ts";
import { createdBy } from "../../../src/office/columns.ts";
import type { Office } from "../../../src/office/database.ts";
import type { Cursor, Order, PageQuery } from "../../../src/office/page.ts";

export type Query = readonly [store: string, name: string, ask: (office: Office) => unknown, uses: readonly string[], despite?: string];

export const actor = systemActor("test");
export const now = 1_000;
export const id = () => uuidv7(now, random);
export const user = { ...createdBy(actor, now, random), state: "active" } as const;
export const newUser = (emailKey: string | null = null) => ({ ...user, id: id(), emailKey });
export const origin = { id: id(), at: now, action: "a", channel: "api", position: 1, sequence: 1, payload: {}, generation: 1 };

export const read = (order: Order, after: Cursor | null): PageQuery => ({ order, limit: 50, after });

/** A list is asked for in each of its orders, from its beginning, perhaps `despite` a fault, and from a place in it. */
export const eachWay = (
  store: string, name: string, orders: Record<string, Order>, place: Cursor, ask: (office: Office, page: PageQuery) => unknown, uses: readonly string[], despite?: string,
): Query[] =>
  Object.values(orders).flatMap((order): Query[] => [
    [store, name, (office) => ask(office, read(order, null)), uses, ...(despite === undefined ? [] as const : [despite] as const)],
    [store, name, (office) => ask(office, read(order, place)), uses],
  ]);

export const PLACE = [now, id()];
export const BY_GENERATION = "once a rebuild, in the one batch that ends it: every row is looked at";
