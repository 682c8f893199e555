import { sha256 } from "@noble/hashes/sha2.js";
import { utf8 } from "../kernel/bytes.ts";

/** The one stylesheet, inlined into each page: no second request on a slow line. Logical properties serve both directions. */
export const STYLE = `
:root{--ink:#18211c;--soft:#4a554e;--paper:#f7f6f1;--card:#fff;--line:#cfcdc2;--edge:#7a8079;--green:#0b5a36;--deep:#073f26;
--tint:#e8f1eb;
--red:#9f1420;--blush:#fdeeee;--focus:#0b45c4}
*{box-sizing:border-box}
html{scroll-padding-block-start:5.5rem;-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);
font:1.0625rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Noto Sans Arabic",
Ubuntu,Arial,sans-serif;overflow-wrap:break-word}
[lang=ar]{line-height:1.75}
h1,h2,legend{line-height:1.2;text-wrap:balance;margin:0}
[lang=ar] :is(h1,h2,legend){line-height:1.5}
h1{font-size:clamp(1.75rem,1.35rem + 2vw,2.375rem);letter-spacing:-.015em}
[lang=ar] h1{letter-spacing:0}
h2,legend{font-size:1.3125rem}
p{margin:0;text-wrap:pretty}
a{color:var(--green);text-underline-offset:.2em}
a:hover{text-decoration-thickness:.15em}
:focus-visible{outline:3px solid var(--focus);outline-offset:3px;border-radius:4px}
.unseen,.skip:not(:focus){position:absolute;inline-size:1px;block-size:1px;padding:0;border:0;overflow:hidden;
clip-path:inset(50%);white-space:nowrap}
.skip:focus{position:fixed;z-index:3;inset-block-start:.5rem;inset-inline-start:.5rem;padding:.75rem 1rem;background:var(--card)}
header{position:sticky;inset-block-start:0;z-index:2;background:var(--card);border-block-end:1px solid var(--line)}
header::before{content:"";display:block;block-size:8px;
background:linear-gradient(#14110f 0 2px,#fff 2px 3px,#b3202a 3px 5px,#fff 5px 6px,var(--green) 6px)}
.bar,.languages,main,footer{max-inline-size:43rem;margin-inline:auto;padding-inline:1rem}
.bar{display:flex;align-items:center;justify-content:space-between;gap:.75rem;padding-block:.5rem}
.brand{display:flex;align-items:center;gap:.625rem;color:var(--ink);text-decoration:none;line-height:1.2;min-block-size:2.75rem}
.brand svg{flex:none}
.brand b{display:block;font-size:.9375rem}
.brand small{color:var(--soft);font-size:.8125rem}
.exit{flex:none;display:inline-flex;align-items:center;min-block-size:2.75rem;padding-inline:.875rem;border-radius:8px;
background:var(--ink);color:#fff;
font-weight:600;font-size:.9375rem;text-decoration:none}
.exit:hover{background:#000}
.languages{padding-block:.375rem}
:is(.languages,.rooms) ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;margin:0;padding:0}
:is(.languages,.rooms) :is(a,button,span){display:inline-flex;align-items:center;min-block-size:2.75rem;padding:0;border:0;background:none;
font:inherit;
font-size:.9375rem;color:var(--green);text-decoration:underline;text-underline-offset:.2em;cursor:pointer}
:is(.languages,.rooms) span{color:var(--ink);font-weight:600;text-decoration:none;cursor:default;box-shadow:inset 0 -2px var(--green)}
.languages p{margin-block-start:.25rem;padding:.5rem .75rem;border-inline-start:4px solid #b07a00;background:#fdf4de;
font-size:.9375rem}
main{padding-block:1rem 3rem}
main>*+*,form>*+*{margin-block-start:1.5rem}
main>.step+*{margin-block-start:.25rem}
.step{color:var(--soft);font-size:.9375rem;font-weight:600}
.lead{font-size:1.1875rem}
h1+.lead{margin-block-start:.875rem}
.actions{display:grid;gap:.875rem}
.button{display:flex;align-items:center;justify-content:center;min-block-size:3.5rem;padding:.75rem 1.25rem;
border:2px solid var(--green);border-radius:10px;
background:var(--green);color:#fff;font:inherit;font-size:1.125rem;font-weight:650;line-height:1.25;text-align:center;
text-decoration:none;cursor:pointer;inline-size:100%}
.button:hover{background:var(--deep);border-color:var(--deep)}
.button.quiet{background:var(--card);color:var(--green)}
.button.quiet:hover{background:var(--tint)}
.button.now{background:var(--red);border-color:var(--red)}
.button.now:hover{background:#7d0f18;border-color:#7d0f18}
.button+.hint{margin-block-start:.375rem}
.card{padding:1.125rem 1.125rem 1.25rem;background:var(--card);border:1px solid var(--line);border-radius:12px}
.card>*+*,.card>form>*+*{margin-block-start:.625rem}
details.card{padding-block:.5rem}
details[open]{padding-block-end:1.25rem}
summary{padding-block:.625rem;cursor:pointer}
summary h2{display:inline}
.card>.actions{margin-block-start:1.125rem}
.calm{background:var(--tint);border-color:#b9d3c3}
.ticks,.steps,.plain{list-style:none;margin-inline:0;margin-block-end:0;padding:0}
.ticks li+li,.steps li+li,.plain li+li{margin-block-start:.625rem}
.ticks li{padding-inline-start:1.625rem;position:relative}
.ticks li::before{content:"";position:absolute;inset-inline-start:.125rem;inset-block-start:.5em;inline-size:.625rem;
block-size:.625rem;border-radius:50%;background:var(--green)}
.steps{counter-reset:step}
.steps li{counter-increment:step;display:flex;gap:.75rem;align-items:baseline}
.steps li::before{content:counter(step);flex:none;inline-size:1.75rem;block-size:1.75rem;line-height:1.75rem;text-align:center;
border-radius:50%;
background:var(--green);color:#fff;font-weight:700;font-size:.9375rem}
fieldset{margin-inline:0;margin-block-end:0;padding:0;border:0;min-inline-size:0}
fieldset>*+*{margin-block-start:.875rem}
legend{font-weight:700;padding:0;float:left;inline-size:100%;margin-block-end:.75rem}
legend+*{clear:both}
.group{padding:.875rem;border-radius:12px;background:var(--card);border:1px solid var(--line)}
.group.calm{background:var(--tint);border-color:#b9d3c3}
.group>*+*{margin-block-start:.625rem}
.group :is(h2,h3){margin:0;font-size:1.0625rem}
.said{white-space:pre-line}
.hint{color:var(--soft);font-size:1rem}
.choice{position:relative;display:grid;grid-template-columns:auto 1fr;column-gap:.75rem;align-items:center;
padding:.75rem .875rem;background:var(--card);
border:1px solid var(--edge);border-radius:10px}
.choice input{grid-row:1/3;position:relative;z-index:1;inline-size:1.5rem;block-size:1.5rem;margin:0;accent-color:var(--green)}
.choice label{font-weight:650}
.choice label::after{content:"";position:absolute;inset:0;cursor:pointer}
.choice p{grid-column:2;color:var(--soft);font-size:.9375rem;line-height:1.4}
.choice:hover{border-color:var(--green)}
.choice:has(:checked){border-color:var(--green);box-shadow:inset 0 0 0 2px var(--green)}
.field>label{display:block;font-weight:650}
.field :is(input,select,textarea){display:block;inline-size:100%;min-block-size:3.25rem;margin-block-start:.375rem;padding:.5rem .75rem;
border:2px solid var(--edge);
border-radius:8px;background:#fff;color:var(--ink);font:inherit;font-size:1.1875rem}
.field+.field{margin-block-start:1rem}
[dir=rtl] input[dir=ltr]{text-align:right}
.code input{font-size:1.625rem;letter-spacing:.25em;max-inline-size:14rem;font-variant-numeric:tabular-nums}
.is-wrong{padding-inline-start:.875rem;border-inline-start:4px solid var(--red)}
.is-wrong :is(input,select,textarea){border-color:var(--red)}
.wrong{color:var(--red);font-weight:650}
.summary{padding:1rem 1.125rem;border:2px solid var(--red);border-radius:12px;background:var(--blush)}
.summary h2{font-size:1.125rem}
.summary ul{margin:.5rem 0 0;padding-inline-start:1.25rem}
.summary a{color:var(--red);font-weight:650}
.note{padding:.75rem 1rem;border-inline-start:4px solid var(--green);background:var(--tint)}
.facts{margin:0}
.facts div{padding-block:.625rem;border-block-end:1px solid var(--line)}
.facts div:last-child{border:0;padding-block-end:0}
.facts dt{color:var(--soft);font-size:.9375rem}
.facts dd{margin:0;font-weight:600}
.facts small{display:block;font-weight:400;font-size:.9375rem}
.receipt{overflow:hidden;padding:0}
.receipt>.top{padding:1.25rem 1.125rem;background:var(--green);color:#fff}
.receipt>.top.over{background:#4a554e}
.top h1{font-size:1.625rem}
.top p{margin-block-start:.5rem}
.receipt>.body{margin:0;padding:.5rem 1.125rem 1.125rem}
.reference{font:700 1.375rem/1.4 ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace;letter-spacing:.03em}
.tag{display:inline-block;padding:.125rem .625rem;border-radius:99px;background:var(--green);color:#fff;font-size:.9375rem;
font-weight:650}
.figures{inline-size:100%;border-collapse:collapse;font-variant-numeric:tabular-nums}
.figures :is(th,td){padding:.5rem .25rem;border-block-end:1px solid var(--line);text-align:start;font-weight:400;vertical-align:top}
.figures th{overflow-wrap:anywhere}
.figures thead th{color:var(--soft);font-size:.9375rem}
.figures :is(td,th+th){text-align:end}
.chart{display:block;inline-size:100%;block-size:auto}
.tag.over{background:#4a554e}
.when{display:block;color:var(--soft);font-size:.9375rem}
.again svg{display:block;margin-inline:auto}
.lines a{display:inline-flex;align-items:center;min-block-size:2.75rem;font-weight:650}
:is(.lines a,code){overflow-wrap:anywhere}
footer{padding-block:1rem 2rem;border-block-start:1px solid var(--line);color:var(--soft);font-size:.9375rem}
@media(min-width:36rem){.actions.pair{grid-template-columns:1fr 1fr}.facts div{display:grid;grid-template-columns:14rem 1fr;
gap:1rem}.brand b{font-size:1.0625rem}}
@media(prefers-contrast:more){:root{--soft:#18211c;--line:#7a8079}}
@media(forced-colors:active){.button,.exit,.tag{border:2px solid}}
@media print{@page{margin:14mm}body{background:#fff}header{position:static;border:0}
.exit,.languages,footer,.actions,.skip,.screen{display:none!important}
html{font-size:12px}main{padding-block:.5rem}main>*+*{margin-block-start:.75rem}.again{display:grid;grid-template-columns:auto 1fr;gap:0 1rem}
.again h2{grid-column:1/3}.again svg{grid-row:2/5}
main,.bar{max-inline-size:none;padding-inline:0}.card,.receipt{border:1px solid #000;break-inside:avoid}.receipt>.top{
background:none;color:#000;border-block-end:1px solid #000}a{color:inherit}}
`.trim();

/** What a Content-Security-Policy names an inlined stylesheet or script by. */
export const contentHash = (content: string): string => `'sha256-${btoa(String.fromCharCode(...sha256(utf8(content))))}'`;

/** What the Content-Security-Policy lets through, and nothing else. */
export const STYLE_HASH = contentHash(STYLE);
