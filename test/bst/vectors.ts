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

/** RFC 5297 appendix A.2: the nonce is the last of the associated strings. */
export const RFC5297_A2 = {
  key: "7f7e7d7c7b7a79787776757473727170404142434445464748494a4b4c4d4e4f",
  associated: [
    "00112233445566778899aabbccddeeffdeaddadadeaddadaffeeddccbbaa99887766554433221100", "102030405060708090a0", "09f911029d74e35bd84156c5635688c0",
  ],
  plaintext: "7468697320697320736f6d6520706c61696e7465787420746f20656e6372797074207573696e67205349562d414553",
  sealed: "7bdb6e3b432667eb06f4d14bff2fbd0fcb900f2fddbe404326601965c889bf17dba77ceb094fa663b7a3f748ba8af829ea64ad544a272e9c485b62a3fd5c0d",
};

const WYCHEPROOF_KEY = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f";
const WYCHEPROOF_AAD = "000102030405060708090a0b0c0d0e0f";

/**
 * Project Wycheproof, aes_siv_cmac_test.json: RFC 5297 prints nothing for keys of 512 bits. Those of such a key and one block
 * of plaintext, by their tcId; from 325 the tag is chosen so that a counter whose bits were not cleared would overflow.
 */
export const WYCHEPROOF_AES256_SIV = [
  {
    id: 302,
    key: "c25cafc6018b98dfbb79a40ec89c575a4f88c4116489bba27707479800c0130235334a45dbe8d8dae3da8dcb45bbe5dce031b0f68ded544fda7eca30d6749442",
    aad: "deeb0ccf3aef47a296ed1ca8f4ae5907", msg: "beec61030fa3d670337196beade6aeaa", ct: "5865208eab9163db85cab9f96d846234a2626aae22f5c17c9aad4b501f4416e4",
  },
  ...[
    [325, "", "8dbfee9580e7e2bc66100a674497f4e1", "000000000000000000000000000000007ef8aa7e4dd49d9cfa09e9cb574fd90d"],
    [326, WYCHEPROOF_AAD, "bfa1733d07afa03cb3f2eeb81bbde037", "000000000000000000000000000000004ce637d6ca9cdf1c2feb0d140865cddb"],
    [327, "", "72543a9a07a3c18a280060653432c05c", "ffffffffffffffffffffffffffffffff3db09cc48f2780859351901d1014ae06"],
    [328, WYCHEPROOF_AAD, "404aa73280eb830afde284ba6b18d48a", "ffffffffffffffffffffffffffffffff0fae016c086fc20546b374c24f3ebad0"],
    [329, "", "ff4d7cdeb8f3c4e37a05a91ee26e2a84", "ffffffffffffffffffffffff7fffffffb0a9da80307785ecc1545966c64844de"],
    [330, WYCHEPROOF_AAD, "cd53e1763fbb8663afe74dc1bd443e52", "ffffffffffffffffffffffff7fffffff82b74728b73fc76c14b6bdb999625008"],
    [331, "", "6eb52fc95a5185a3bd2a30d3058414ab", "ffffffffffffffff7fffffffffffffff21518997d2d5c4ac067bc0ab21a27af1"],
    [332, WYCHEPROOF_AAD, "5cabb261dd19c72368c8d40c5aae007d", "ffffffffffffffff7fffffffffffffff134f143f559d862cd39924747e886e27"],
    [333, "", "114cc36e58faceb2e6a2344a679ea4c3", "fffffffffffffffffffffffffffffffe2f849650d6e89e2668e990219195719c"],
    [334, WYCHEPROOF_AAD, "23525ec6dfb28c323340d09538b4b015", "fffffffffffffffffffffffffffffffe1d9a0bf851a0dca6bd0b74fecebf654a"],
  ].map(([id, aad, msg, ct]) => ({ id: id as number, key: WYCHEPROOF_KEY, aad: aad as string, msg: msg as string, ct: ct as string })),
];

/** The same file's invalid ones, under the key of 325 and with an empty associated string: a bit of the tag flipped. */
export const WYCHEPROOF_AES256_SIV_INVALID = [
  [337, "05b4e8166f28082987a32cdaf53deb61211dffad7562c4b924bb79fed73d9ce2"],
  [341, "06b4e8166f28082987a32cdaf53deb61211dffad7562c4b924bb79fed73d9ce2"],
  [345, "84b4e8166f28082987a32cdaf53deb61211dffad7562c4b924bb79fed73d9ce2"],
  [349, "04b5e8166f28082987a32cdaf53deb61211dffad7562c4b924bb79fed73d9ce2"],
  [353, "04b4e8966f28082987a32cdaf53deb61211dffad7562c4b924bb79fed73d9ce2"],
  [357, "04b4e8166e28082987a32cdaf53deb61211dffad7562c4b924bb79fed73d9ce2"],
].map(([id, ct]) => ({ id: id as number, key: WYCHEPROOF_KEY, ct: ct as string }));

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
