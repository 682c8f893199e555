/** The alphabet of 2G: what a text costs in it, and what it cannot write (3GPP TS 23.038 §6.2.1). */

const BASIC = new Set("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà");

/** Written as an escape and a character. */
const EXTENSION = new Set("\f^{}\\[~]|€");

/** What one SMS holds, and what every phone shows as one USSD screen. */
const SCREEN_SEPTETS = 160;

/** How many septets a text takes: a basic character one, one of the extension two. Null when it holds any other. */
export function septetsOf(text: string): number | null {
  let septets = 0;
  for (const character of text) {
    if (BASIC.has(character)) septets += 1;
    else if (EXTENSION.has(character)) septets += 2;
    else return null;
  }
  return septets;
}

/** Whether a text can be sent as one SMS, or shown as one screen. */
export function fitsScreen(text: string): boolean {
  const septets = septetsOf(text);
  return septets !== null && septets <= SCREEN_SEPTETS;
}
