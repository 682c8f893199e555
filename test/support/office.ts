/** A real libSQL server with the office's tables for a test file: nothing in it at first. */
import { afterAll, beforeAll } from "vitest";
import { migrateOffice } from "../../src/cli/office.ts";
import { type Database, openServers } from "../../src/cli/sqld.ts";
import { type Office, openOffice } from "../../src/office/database.ts";

export interface TestOffice {
  /** Reads what was just written: a copy would be behind by as much as the machine is busy. */
  office: Office;
  /** The same with its copy as the nearest. */
  copied: Office;
  servers: Database;
}

export function testOffice(): TestOffice {
  const test = {} as TestOffice;
  beforeAll(async () => {
    test.servers = await openServers();
    const { primary, replica, writeToken: token } = test.servers;
    await migrateOffice({ url: primary.url, token });
    test.office = openOffice({ url: primary.url, replicaUrl: primary.url, token });
    test.copied = openOffice({ url: primary.url, replicaUrl: replica.url, token });
  }, 30_000);
  afterAll(() => test.servers?.stop());
  return test;
}

/** An office that writes, and does not hear that it did. */
export function unheard({ primary, nearest }: Office): Office {
  const batch = async (...written: Parameters<typeof primary.$client.batch>) => {
    await primary.$client.batch(...written);
    throw new Error("no answer in time");
  };
  return { primary: Object.assign(Object.create(primary), { $client: { batch } }), nearest };
}
