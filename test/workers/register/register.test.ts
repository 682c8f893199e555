import { expect, test } from "vitest";
import { aCommand, aRegister, phone, registered, replay, typed } from "./support.ts";

test("smoke", async () => {
  const { api, rows } = aRegister();
  const r = await registered(api, aCommand("24h", phone(1), [typed(1)], { box: new Uint8Array([1, 2, 3]) }));
  console.log(r);
  console.log(JSON.stringify(await api.poll(0)), await api.undelivered(10), await rows("select * from audit"), await rows("select * from due"));
  expect(replay((await api.poll(0)).rows).size).toBe(2);
  console.log(await rows("explain query plan select * from exclusions where state='active' and endMode='automatic' and endsAt <= 5 order by endsAt limit 3"));
});
