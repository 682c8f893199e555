import { type SQL, sql } from "drizzle-orm";
import { customType } from "drizzle-orm/sqlite-core";
import { fromHex, toHex } from "../kernel/bytes.ts";

/**
 * A blob column read as a Uint8Array of its own. Drizzle's `buffer` mode hands out views of Node's shared pool, whose
 * whole 8 kB would travel with each value over RPC.
 */
export const bytes = customType<{ data: Uint8Array; driverData: ArrayBuffer }>({
  dataType: () => "blob",
  toDriver: (value) => value.slice().buffer as ArrayBuffer,
  fromDriver: (value) => new Uint8Array(value),
});

/** Bytes that are kept as hexadecimal text, which has the order the bytes have. */
export const hexadecimal = customType<{ data: Uint8Array; driverData: string }>({
  dataType: () => "text",
  toDriver: toHex,
  fromDriver: fromHex,
});

/** Very many values for `inArray` in one parameter: a Durable Object's query takes a hundred. */
export const listed = (values: readonly (string | number)[]): SQL => sql`(select value from json_each(${JSON.stringify(values)}))`;
