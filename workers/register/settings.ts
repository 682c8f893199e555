import type { EndingSettings, Settings } from "../../src/domains/exclusions/index.ts";
import type { Epochs } from "../../src/domains/exclusions/roots/index.ts";
import type { Grace } from "../../src/domains/operators/epochs.ts";
import { epochsByRoot } from "../../src/domains/operators/roots.ts";
import {
  annulmentHoursOf, endingSettingsOf, type Environment, epochGraceOf, logDaysOf, provisionalDaysOf, recycledDaysOf, rootRowsPerSecondOf,
} from "./environment.ts";

/** What Register goes by. */
export interface RegisterSettings {
  exclusion: Settings;
  ending: EndingSettings;
  recycledDays: number;
  annulmentHours: number;
  logDays: number;
  grace: Grace;
  /** What a rotation of the root does to operators' epochs, by that grace. */
  epochs: Epochs;
  rootRowsPerSecond: number;
}

/** Throws RangeError rather than run with a time nobody chose. */
export function settingsOf(env: Environment): RegisterSettings {
  const grace = epochGraceOf(env);
  return {
    exclusion: { provisionalDays: provisionalDaysOf(env) },
    ending: endingSettingsOf(env),
    recycledDays: recycledDaysOf(env),
    annulmentHours: annulmentHoursOf(env),
    logDays: logDaysOf(env),
    grace,
    epochs: epochsByRoot(grace),
    rootRowsPerSecond: rootRowsPerSecondOf(env),
  };
}
