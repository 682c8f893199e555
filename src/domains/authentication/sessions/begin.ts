import type { RequestOrigin } from "../../../kernel/actor.ts";
import type { Instant, Random } from "../../../kernel/clock.ts";
import { uuidv7 } from "../../../kernel/ids.ts";
import type { OfficeDatabase } from "../../../office/database.ts";
import type { Entered, FirstFactor, SecondFactor, Stage } from "./model.ts";
import { lifeOf } from "./rules.ts";
import { drawSecret, hashOf } from "./secret.ts";
import { type DeviceRow, endSession, insertSession, keepDevice } from "./store.ts";

/** Whom a session is begun for, and by what. */
export interface Beginning {
  userId: string;
  /** The device by its secret, its row null where this account was never signed in with it; null begins with a new one. */
  device: { secret: string; row: DeviceRow | null } | null;
  stage: Stage;
  first: FirstFactor;
  second: SecondFactor | null;
  origin: RequestOrigin;
  /** The unfinished session this one goes on from, which ends with it: a secret is never carried over a change of what it opens. */
  from: string | null;
}

/** A fresh session: the rows of its change, and the secrets for its holder. */
export function beginSession(database: OfficeDatabase, random: Random, beginning: Beginning, now: Instant) {
  const { userId, stage, first, second, origin, from } = beginning;
  const deviceSecret = beginning.device?.secret ?? drawSecret(random);
  const device = beginning.device?.row ?? newDevice(userId, deviceSecret, random, now);
  const secret = drawSecret(random);
  const times = { createdAt: now, provenAt: now, seenAt: now, expiresAt: now + lifeOf(stage) };
  const row = { id: uuidv7(now, random), userId, deviceId: device.id, hash: hashOf(secret), stage, first, second, ...times, ...origin };
  const rows = [
    ...(from === null ? [] : [{ exactlyOne: endSession(database, from, "went-on", now) }]),
    keepDevice(database, { ...device, ...origin, lastSeenAt: now }),
    insertSession(database, row),
  ];
  const entered: Entered = { session: secret, device: deviceSecret, stage };
  return { rows, sessionId: row.id, deviceId: device.id, entered };
}

function newDevice(userId: string, secret: string, random: Random, now: Instant): DeviceRow {
  const unknown = { network: null, agent: null, country: null, county: null };
  const times = { firstSeenAt: now, lastSeenAt: now, trustedAt: null, blockedAt: null };
  return { id: uuidv7(now, random), userId, hash: hashOf(secret), signIns: 1, ...times, ...unknown };
}
