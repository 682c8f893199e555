import { waitUntil } from "cloudflare:workers";
import type { CitizenParts } from "../../../src/domains/exclusions/citizen/index.ts";
import type { TextedParts } from "../../../src/domains/exclusions/texted/index.ts";
import { deliverOutbox } from "../../../src/domains/notifications/deliver.ts";
import { type Clock, MINUTE } from "../../../src/kernel/clock.ts";
import { soon } from "../../../src/objects/recovery/r2.ts";
import type { Ground } from "./ground.ts";
import { failing, report } from "./report.ts";

/** Carries Register's outbox to the vaults. */
export const deliverer = ({ register, person }: Ground) => (): Promise<void> =>
  deliverOutbox({ register, person, report: failing("a delivery was not accepted") });

/** Everything the citizen's verbs need but the request's own afterwards. */
export function citizensOf({ register, log, tokenizer, challenge, sms, envelope, grants, clock, admits }: Ground): Omit<CitizenParts, "outboxFilled"> {
  const policy = keptFor(POLICY_MS, clock, () => soon(log().policy()));
  // In what is published, which witnesses have seen: a file is kept for years.
  const prove = async (index: number) => ((await soon(log().status())).published > index ? soon(log().prove(index)) : null);
  return {
    register, tokenizer, challenge, sms, envelope, grants, clock, admits,
    log: () => ({ prove, policy }),
    report: (reason) => report("a message was not taken", { "event.reason": reason }),
  };
}

/** The page that shows whom to believe is everybody's, and the log is one object. */
const POLICY_MS = MINUTE;

function keptFor(ms: number, clock: Clock, ask: () => Promise<string>): () => Promise<string> {
  let kept = { text: "", until: Number.NEGATIVE_INFINITY };
  return async () => {
    if (clock() >= kept.until) kept = { text: await ask(), until: clock() + ms };
    return kept.text;
  };
}

/** What a phone's verbs need, dialled or texted. */
export function dialledOf(ground: Ground, deliver: () => Promise<void>): TextedParts {
  const { register, tokenizer, envelope, challenge, sms, settings, clock } = ground;
  return {
    register, tokenizer, envelope, challenge, sms, wait: (ms) => scheduler.wait(ms), helpLines: settings.HELP_LINES, clock,
    // The network knows who calls; a phone's own limits hold.
    admits: async () => true,
    replies: challenge,
    outboxFilled: () => waitUntil(deliver()),
    report: (reason) => report("a phone was not written to", { "event.reason": reason }),
    failed: failing("a phone was told to try again later"),
  };
}
