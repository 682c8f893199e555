import type { Instant } from "../../../kernel/clock.ts";

/** What a person may ask for (Data Protection Act 2019, s.26, 38 and 40; General Regulations 2021, regs 7 to 12). */
export const REQUEST_KINDS = ["access", "rectification", "portability", "erasure", "restriction", "objection"] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

/** Days to answer in: General Regulations 2021, regs 9 to 12; restriction and objection (regs 7 and 8) by the shorter of their neighbours' clocks. */
export const CLOCK_DAYS: Readonly<Record<RequestKind, number>> = {
  access: 7, rectification: 14, portability: 30, erasure: 14, restriction: 14, objection: 14,
};

export const REQUEST_STATES = ["received", "in-progress", "answered", "refused"] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

/**
 * Why a request is refused, or something stays although it was answered. `exclusion-active`: what an exclusion in force needs
 * (Act s.40(3): kept for a legal obligation). `retention-runs`: the record of an ended one (reg. 19).
 */
export const REQUEST_REASONS = ["exclusion-active", "retention-runs", "identity-unproven", "already-correct", "evidence-missing", "legal-obligation"] as const;
export type RequestReason = (typeof REQUEST_REASONS)[number];

const WRONG = ["language", "phone", "document", "exclusion", "other"] as const;
/** What the register does with what it holds of a person, as one may ask it not to. `checks`: it tells operators that they are excluded. */
const USES = ["checks", "evidence", "messages", "statistics"] as const;
export const SUBJECTS = [...WRONG, ...USES] as const;
export type Subject = (typeof SUBJECTS)[number];

/** What a request of each kind can be about, in a statement of why. The other kinds are about all there is. */
export const SUBJECTS_OF = {
  rectification: WRONG,
  restriction: [...USES, "other"],
  objection: [...USES, "other"],
} as const satisfies Partial<Record<RequestKind, readonly Subject[]>>;
export type AskedAbout = keyof typeof SUBJECTS_OF;

export const isAbout = (kind: RequestKind): kind is AskedAbout => kind in SUBJECTS_OF;
export const subjectsOf = (kind: RequestKind): readonly Subject[] => (isAbout(kind) ? SUBJECTS_OF[kind] : []);

export interface DataRequest {
  id: string;
  /** `DR-` and ten characters, the last one a check character. */
  reference: string;
  personId: string;
  kind: RequestKind;
  state: RequestState;
  /** What it is about; null for kinds that are about all there is. */
  subject: Subject | null;
  receivedAt: Instant;
  dueAt: Instant;
  decidedAt: Instant | null;
  /** The actor's kind and id; null until decided. */
  decidedBy: string | null;
  reasons: RequestReason[];
  /** Of an erasure: when nothing can be read any more, backups included. */
  completeAt: Instant | null;
  /** Of an erasure: when it is looked at again; null when nothing is left to do. */
  lookAgainAt: Instant | null;
  version: number;
}
