import { fromHex } from "../../src/kernel/bytes.ts";

/** RFC 9497 appendix A.1.2: ristretto255-SHA512, VOPRF mode; `batch` is the vector of two inputs, those of the others. */
export const RFC9497_VOPRF = {
  seed: fromHex("a3".repeat(32)),
  keyInfo: fromHex("74657374206b6579"),
  secretKey: "e6f73f344b79b379f1a0dd37e07ff62e38d9f71345ce62ae3a9bc60b04ccd909",
  publicKey: "c803e2cc6b05fc15064549b5920659ca4a77b2cca6f04f6b357009335476ad4e",
  blind: "64d37aed22a27f5191de1c1d69fadb899d8862b58eb4220029e036ec4c1f6706",
  proofRandomScalar: "222a5e897cf59db8145db8d16e597e8facb80ae7d4e26d9881aa6f61d645fc0e",
  cases: [
    {
      input: "00",
      blinded: "863f330cc1a1259ed5a5998a23acfd37fb4351a793a5b3c090b642ddc439b945",
      evaluated: "aa8fa048764d5623868679402ff6108d2521884fa138cd7f9c7669a9a014267e",
      proof:
        "ddef93772692e535d1a53903db24367355cc2cc78de93b3be5a8ffcc6985dd066d4346421d17bf5117a2a1ff0fcb2a759f58a539dfbe857a" +
        "40bce4cf49ec600d",
      output:
        "b58cfbe118e0cb94d79b5fd6a6dafb98764dff49c14e1770b566e42402da1a7da4d8527693914139caee5bd03903af43a491351d23b43094" +
        "8dd50cde10d32b3c",
    },
    {
      input: "5a".repeat(17),
      blinded: "cc0b2a350101881d8a4cba4c80241d74fb7dcbfde4a61fde2f91443c2bf9ef0c",
      evaluated: "60a59a57208d48aca71e9e850d22674b611f752bed48b36f7a91b372bd7ad468",
      proof:
        "401a0da6264f8cf45bb2f5264bc31e109155600babb3cd4e5af7d181a2c9dc0a67154fabf031fd936051dec80b0b6ae29c9503493dde7393" +
        "b722eafdf5a50b02",
      output:
        "8a9a2f3c7f085b65933594309041fc1898d42d0858e59f90814ae90571a6df60356f4610bf816f27afdd84f47719e480906d27ecd9949858" +
        "90e5f539e7ea74b6",
    },
  ],
  batch: {
    blinds: [
      "64d37aed22a27f5191de1c1d69fadb899d8862b58eb4220029e036ec4c1f6706",
      "222a5e897cf59db8145db8d16e597e8facb80ae7d4e26d9881aa6f61d645fc0e",
    ],
    blinded: [
      "863f330cc1a1259ed5a5998a23acfd37fb4351a793a5b3c090b642ddc439b945",
      "90a0145ea9da29254c3a56be4fe185465ebb3bf2a1801f7124bbbadac751e654",
    ],
    evaluated: [
      "aa8fa048764d5623868679402ff6108d2521884fa138cd7f9c7669a9a014267e",
      "cc5ac221950a49ceaa73c8db41b82c20372a4c8d63e5dded2db920b7eee36a2a",
    ],
    proof:
      "cc203910175d786927eeb44ea847328047892ddf8590e723c37205cb74600b0a5ab5337c8eb4ceae0494c2cf89529dcf94572ed267473d56" +
      "7aeed6ab873dee08",
    proofRandomScalar: "419c4f4f5052c53c45f3da494d2b67b220d02118e0857cdbcf037f9ea84bbe0c",
  },
};

/** RFC 5297 appendix A.1, with the intermediate values it prints. */
export const RFC5297_A1 = {
  key: "fffefdfcfbfaf9f8f7f6f5f4f3f2f1f0f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff",
  associated: "101112131415161718191a1b1c1d1e1f2021222324252627",
  plaintext: "112233445566778899aabbccddee",
  /** dbl(CMAC(zero)) xor CMAC(AD) */
  prefix: "edf09de876c642ee4d78bce4ceedfc4f",
  sealed: "85632d07c6e8f37f950acd320a2ecc9340c02b9690c4dc04daef7f6afe5c",
};

/** NIST SP 800-38B appendix D.3, CMAC with AES-256: the subkey K1 and the message of one whole block. */
export const CMAC_AES256 = {
  key: "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4",
  subkey: "cad1ed03299eedac2e9a99808621502f",
  message: "6bc1bee22e409f96e93d7e117393172a",
  mac: "28a7023f452e8f82bd4bf28d8c37c35c",
};

/** RFC 4231 §4, the HMAC-SHA-512 of test cases 1 to 3, 5 (which prints 16 bytes only) and 6. */
export const RFC4231 = [
  {
    key: "0b".repeat(20),
    data: "4869205468657265",
    mac:
      "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cdedaa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f170" +
      "2e696c203a126854",
  },
  {
    key: "4a656665",
    data: "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
    mac:
      "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b" +
      "636e070a38bce737",
  },
  {
    key: "aa".repeat(20),
    data: "dd".repeat(50),
    mac:
      "fa73b0089d56a284efb0f0756c890be9b1b5dbdd8ee81a3655f83e33b2279d39bf3e848279a722c806b485a47e67c807b946a337bee89426" +
      "74278859e13292fb",
  },
  { key: "0c".repeat(20), data: "546573742057697468205472756e636174696f6e", mac: "415fad6271580a531d4179bc891d87a6" },
  {
    key: "aa".repeat(131),
    data: "54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d2048617368204b6579204669727374",
    mac:
      "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f3526b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec" +
      "8b915a985d786598",
  },
];

/** BIP-350, "Test vectors for Bech32m". */
export const BIP350_VALID = [
  "A1LQFN3A",
  "a1lqfn3a",
  "an83characterlonghumanreadablepartthatcontainsthetheexcludedcharactersbioandnumber11sg7hg6",
  "abcdef1l7aum6echk45nj3s0wdvt2fg8x9yrzpqzd3ryx",
  "11llllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllludsr8",
  "split1checkupstagehandshakeupstreamerranterredcaperredlc445v",
  "?1v759aa",
];

/** BIP-350, the invalid ones whose fault lies in data or checksum (the others break rules on prefixes a token has not). */
export const BIP350_INVALID = ["y1b0jsk6g", "lt1igcx5c0", "mm1crxm3i", "au1s5cgom", "M1VUXWEZ"];
