import type { EnterParts } from "../../users/people/index.ts";
import type { ComputeParts } from "../reports/compute.ts";

/** What the verbs on compliance work with. Whatever of it fails throws: nothing was shown and nothing done. `filled` hears that somebody is to be told. */
export interface SupervisionParts extends EnterParts, ComputeParts {
  filled: () => void;
}
