import { signWebhook } from "../webhooks.ts";
import type { SignedScenario } from "./scenarios.ts";

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

/** The headers a scenario's message is sent with: signed by the secret, by another one, or long ago. */
export function headersOf(scenario: SignedScenario["id"], { secret, id, body, now, random }: Signing): Promise<Record<string, string>> {
  const anothers = `whsec_${btoa(String.fromCharCode(...random(32)))}`;
  return signWebhook(scenario === "signed/forged" ? anothers : secret, { id, body, at: scenario === "signed/old" ? now - OLD_MS : now });
}
