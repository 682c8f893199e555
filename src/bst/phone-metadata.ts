import type { MetadataJson } from "libphonenumber-js/core";

/**
 * libphonenumber's metadata cut to Kenya: 1 kB instead of 150. The entry is that of `libphonenumber-js/max/metadata`,
 * unchanged; a test says when the package has a newer one.
 */
export const KENYA: MetadataJson = {
  version: 4,
  country_calling_codes: { "254": ["KE"] },
  countries: {
    KE: [
      "254",
      "000",
      "(?:[17]\\d\\d|900)\\d{6}|(?:2|80)0\\d{6,7}|[4-6]\\d{6,8}",
      [7, 8, 9, 10],
      [
        ["(\\d{2})(\\d{5,7})", "$1 $2", ["[24-6]"], "0$1"],
        ["(\\d{3})(\\d{6})", "$1 $2", ["[17]"], "0$1"],
        ["(\\d{3})(\\d{3})(\\d{3,4})", "$1 $2 $3", ["[89]"], "0$1"],
      ],
      "0",
      0,
      0,
      0,
      0,
      0,
      [
        ["(?:4[245]|5[1-79]|6[01457-9])\\d{5,7}|(?:4[136]|5[08]|62)\\d{7}|(?:[24]0|66)\\d{6,7}", [7, 8, 9]],
        ["(?:1(?:0[0-8]|[18]\\d|2[014]|3[05-9]|4[0-6])|7\\d\\d)\\d{6}", [9]],
        ["800[02-8]\\d{5,6}", [9, 10]],
        ["900[02-9]\\d{5}", [9]],
      ],
    ],
  },
  nonGeographic: {},
};
