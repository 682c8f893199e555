/** Where a request came from, as coarsely as an audit needs it. */
export interface RequestOrigin {
  /** IPv4 to /24, IPv6 to /48; null when the platform does not say. */
  network: string | null;
  /** The kind of program, without versions; null when it did not say. */
  agent: string | null;
  /** ISO 3166-1 alpha-2. */
  country: string | null;
  /** Kenya's county, 001 to 047. */
  county: string | null;
  /** The id the request has in our logs; null, or not said, where nobody gave it one. */
  requestId?: string | null | undefined;
}

/** `user` is of the office or an operator's staff; `system` does it by itself. */
export const ACTOR_KINDS = ["user", "operator", "citizen", "bootstrap", "system"] as const;

/** Whoever does something. Ids only, never an identity. */
export interface Actor {
  kind: (typeof ACTOR_KINDS)[number];
  id: string;
  /** Null for what came through no request. */
  origin: RequestOrigin | null;
  /** Why they may: the capability it took. Not said of whoever needs none. */
  reason?: string | null | undefined;
}

/** A citizen, known by what they came with alone: the id of a visit, or a request's reference. */
export const citizenActor = (id: string): Actor => ({ kind: "citizen", id, origin: null });

/** What the office does by itself, by the job's name. */
export const systemActor = (job: string): Actor => ({ kind: "system", id: job, origin: null });
