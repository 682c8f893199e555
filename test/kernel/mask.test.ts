import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maskDocument, maskEmail, maskName, maskPhone } from "../../src/kernel/mask.ts";

describe("what is shown of a personal value", () => {
  it.each([
    [maskPhone, "+254712345678", "+254 7•• ••• 678"], [maskDocument, "12345678", "•••••678"], [maskDocument, "12345", "•••••"], [maskDocument, "", ""],
    [maskEmail, "wanjiku@example.co.ke", "w•••@•••.ke"], [maskEmail, "a@b", "a•••@•••"], [maskEmail, "nobody", "•••"], [maskEmail, "@x.ke", "•••"],
    [maskName, "Wanjiku  Ng'ang'a", "W••• N•••"], [maskName, "فاطمة", "ف•••"], [maskName, "👩‍👧 Achieng", "👩‍👧••• A•••"], [maskName, " ", ""], [maskName, "\u202eabc \u202e", "a••• •••"],
    [maskPhone, "", "•••"], [maskPhone, "+2547", "•••"], [maskPhone, "0712345678", "•••"], [maskPhone, "+2547123456x8", "•••"],
    [maskEmail, "w@x.my whole name", "w•••@•••"],
  ] as [(text: string) => string, string, string][])("%o of %s is %s", (mask, text, shown) => {
    expect(mask(text)).toBe(shown);
  });

  it("is never more of a document than three characters, nor more than half of it", () => {
    fc.assert(fc.property(fc.string({ unit: "grapheme", maxLength: 40 }).filter((text) => !text.includes("•")), (text) => {
      const shown = [...new Intl.Segmenter("en").segment(maskDocument(text))].filter(({ segment }) => segment !== "•").length;
      expect(shown).toBeLessThanOrEqual(3);
      expect(shown * 2).toBeLessThanOrEqual([...new Intl.Segmenter("en").segment(text)].length);
    }));
  });

  it("is of a phone its country and four digits, and of any other text nothing", () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.stringMatching(/^\+\d{0,20}$/)), (phone) => {
      const shown = maskPhone(phone).replaceAll(/[•\s]/g, "");
      expect(shown).toBe(/^\+\d{12,14}$/.test(phone) ? phone.slice(0, 5) + phone.slice(-3) : "");
    }));
  });

  it("is one character of each part of a name, and of a mailbox", () => {
    fc.assert(fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), (name) => {
      for (const part of maskName(name).split(" ").filter(Boolean)) expect(part.endsWith("•••")).toBe(true);
    }));
    fc.assert(fc.property(fc.emailAddress(), (email) => {
      expect(maskEmail(email)).toMatch(/^.•••@•••\.[^.@]+$/u);
    }));
  });
});
