import { expect, test } from "vitest";
import type { EndingCommand } from "../../../src/domains/exclusions/ending-rpc.ts";
import { DAY } from "../../../src/kernel/clock.ts";
import { aCommand, aRegister, excluded, phone, registered } from "./support.ts";

const command = (reference: string): EndingCommand => ({ commandId: crypto.randomUUID(), phone: phone(1).p, reference, channel: "ussd" });

test("two acts end an exclusion in the object itself, and replicas hear of it with the answer", async () => {
  const { api, goTo } = aRegister();
  const { reference, endsAt } = await registered(api, aCommand("6m", phone(1)));
  expect(await api.askToEnd(command(reference))).toEqual({ ok: false, refusal: "minimum-runs", from: endsAt });
  await goTo(endsAt!);
  expect(await api.askToEnd(command(reference))).toMatchObject({ ok: true, receipt: { state: "ending" } });
  expect(await api.keep(command(reference))).toMatchObject({ ok: true, receipt: { state: "active" } });
  expect(await api.askToEnd(command(reference))).toMatchObject({ ok: true });
  await goTo(endsAt! + 7 * DAY);
  const last = command(reference);
  const ended = await api.confirmEnding(last);
  expect(ended).toMatchObject({ ok: true, receipt: { state: "ended", endedAt: endsAt! + 7 * DAY } });
  expect(await api.confirmEnding(last)).toEqual(ended);
  expect(await excluded(api)).toEqual([]);
});

test("the alarm reminds of the end, and forgets a first act that nothing followed", async () => {
  const { api, goTo } = aRegister();
  const { reference, endsAt } = await registered(api, aCommand("6m", phone(1)));
  await goTo(endsAt! - 30 * DAY);
  await goTo(endsAt!);
  await api.askToEnd(command(reference));
  await goTo(endsAt! + 37 * DAY - 1);
  expect(await api.exclusionsOf(phone(1).p)).toMatchObject([{ state: "ending" }]);
  await goTo(endsAt! + 37 * DAY);
  expect(await api.exclusionsOf(phone(1).p)).toMatchObject([{ state: "active" }]);
  const told = (await api.undelivered(10)).map((delivery) => delivery.topic === "notice" && delivery.notice.template);
  expect(told).toEqual(["exclusion-started", "exclusion-reminder", "ending-asked", "ending-lapsed"]);
});
