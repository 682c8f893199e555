import { signWebhook } from "../webhooks.ts";

/** Ten minutes: twice what may be between two clocks. */
const OLD_MS = 600_000;

interface Signing {
  secret: string;
  /** Of the message. */
  id: string;
  body: string;
  /** UTC milliseconds. */
  now: number;
  random: (bytes: number) => Uint8Array;
}

/** The headers a scenario's message is sent with: signed by another secret, long ago, or as it should be. */
export function headersOf(scenario: string, { secret, id, body, now, random }: Signing): Promise<Record<string, string>> {
  const anothers = `whsec_${btoa(String.fromCharCode(...random(32)))}`;
  return signWebhook(scenario === "signed/forged" ? anothers : secret, { id, body, at: scenario === "signed/old" ? now - OLD_MS : now });
}
