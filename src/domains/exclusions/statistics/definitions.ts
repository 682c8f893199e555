/** What each figure is, beside which it stands wherever it is told. */
export const DEFINITIONS = {
  begun: "Exclusions that the register began in this time, whoever wanted them; a person may have more than one.",
  lengthened: "Times an exclusion was given a later promised end, or none, before it was over.",
  renewed: "Times a permanent exclusion went on for another term.",
  "ending-asked": "Times a holder asked to end their exclusion: the first of two acts.",
  "ending-kept": "Times a holder who had asked said that they keep their exclusion.",
  "ending-lapsed": "Times a holder who had asked did not come back in time, so that the exclusion went on.",
  ended: "Exclusions that ended, by themselves at their promised end or by their holder's second act.",
  annulled: "Exclusions that two officers found were never their holder's.",
  dismissed: "Exclusions that others had asked for and that were dismissed, or whose measure lapsed.",
  reachedPromisedEnd: "Exclusions whose promised end, as it was last promised, lay in this time and that were in force until it.",
  inForce: "Exclusions in force at the end of this time: all that had begun, without those that had ended, been annulled or been dismissed.",
  medianHours:
    "The middle of the full hours between two acts, of those who did the second in this time: from the promised end to asking to end, from asking to the end, and from asking to keeping.",
  propagation:
    "How old the copies are that checks are answered from: ms since a copy asked the register what is new, with the time its answer took. Each copy is asked once a minute; samples is how many answered.",
} as const;

/** How figures are kept from telling of single persons. */
export const METHOD =
  "Months are told once they are over. A number below 10 is suppressed, and with it, among counts that add up to a total, every count that equals the smallest of the others. "
  + "How many are in force is rounded to the nearest ten. `no-data`: nobody counted, which is not 0.";
