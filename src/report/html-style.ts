import { createHash } from 'node:crypto';
import { Html } from './html-template.js';

/** The page's only style sheet. Tables of class `stack` turn into one block a row on narrow screens. */
const style = `
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #fff; --ink: #1b1f24; --soft: #59636e; --line: #d5dae0; --code: #eef1f4; --link: #0b57d0;
  --critical: #8e0b24; --high: #b3361b; --medium: #8a5a00; --low: #2d5f8a; --info: #59636e; --good: #1a7037;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #12151a; --card: #1b2027; --ink: #e7eaee; --soft: #a0a9b4; --line: #343c46; --code: #252c35; --link: #8ab4f8;
    --critical: #ff8a9b; --high: #ff9f80; --medium: #e8b84a; --low: #8cc0ee; --info: #a0a9b4; --good: #6fce8b;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body { margin: 0; background: var(--page); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
header, main { max-width: 70rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2rem; }
main { padding-bottom: 2.5rem; }
h1 { margin: 0; font-size: 1.75rem; line-height: 1.2; overflow-wrap: anywhere; }
h2 { margin: 2.5rem 0 .75rem; font-size: 1.25rem; }
h3 { margin: 1.75rem 0 .5rem; font-size: 1.0625rem; overflow-wrap: anywhere; }
h4 { margin: 1rem 0 .375rem; font-size: .9375rem; }
p { margin: .5rem 0; overflow-wrap: anywhere; }
a { color: var(--link); }
.soft { color: var(--soft); }
.meta { color: var(--soft); font-size: .875rem; font-weight: 400; }
header .meta span { display: inline-block; margin-right: 1.25rem; overflow-wrap: anywhere; }
.plain { font-weight: 400; }
.count { color: var(--soft); font-weight: 400; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: 1rem; padding: .5rem 1rem; background: var(--card); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.card, .control, .plan, table { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; }
.card { padding: 1rem 1.25rem; }
.tiles { display: grid; grid-template-columns: 2fr repeat(5, 1fr); gap: .75rem; margin-top: 1.25rem; }
.tile { text-decoration: none; }
.tile.plain { color: inherit; }
a.tile:hover { border-color: currentColor; }
.tile b { display: block; font-size: 1.75rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.tile.score { grid-row: span 2; }
.tile.score b { font-size: 3rem; line-height: 1.1; }
.zero, .tile.zero b { color: var(--soft); font-weight: 400; }
.bar { display: block; width: 100%; height: .5rem; margin: .5rem 0 .25rem; border-radius: .25rem; }
.bar .all { fill: var(--line); } .bar .part { fill: var(--good); }
.critical { color: var(--critical); } .high { color: var(--high); } .medium { color: var(--medium); }
.low { color: var(--low); } .info { color: var(--info); } .good { color: var(--good); }
.tag { display: inline-block; padding: 0 .5rem; border: 1px solid currentColor; border-radius: 1rem; font-size: .8125rem; white-space: nowrap; }
.control, .plan { margin: .5rem 0; }
.control { border-left-width: .25rem; }
.critical-edge { border-left-color: var(--critical); } .high-edge { border-left-color: var(--high); }
.medium-edge { border-left-color: var(--medium); } .low-edge { border-left-color: var(--low); }
summary { padding: .625rem 1rem; cursor: pointer; overflow-wrap: anywhere; }
summary .id { font-weight: 600; margin-right: .5rem; }
summary .where { display: block; color: var(--soft); font-size: .875rem; }
.part > summary { padding: 0; margin: 2.5rem 0 .75rem; }
.part > summary h2 { display: inline; margin: 0; }
.inside { padding: .25rem 1rem 1rem; border-top: 1px solid var(--line); }
.case { padding: .25rem 0; } .case + .case { border-top: 1px dashed var(--line); }
.advice + .advice { margin-top: .75rem; padding-top: .5rem; border-top: 1px solid var(--line); }
.target { font-weight: 600; margin-right: .25rem; }
.notes > * { margin-right: .75rem; }
dl { margin: .5rem 0; display: grid; grid-template-columns: max-content 1fr; gap: .125rem 1rem; font-size: .9375rem; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; white-space: pre-wrap; }
.evidence { margin: .5rem 0; padding: .25rem 0 .25rem .875rem; border-left: 3px solid var(--line); }
.remedy { margin-top: .5rem; } .steps { white-space: pre-line; }
code, pre { font: .875rem/1.5 ui-monospace, "DejaVu Sans Mono", monospace; }
pre { margin: .375rem 0; padding: .5rem .75rem; background: var(--code); border-radius: .375rem; white-space: pre-wrap; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: separate; border-spacing: 0; font-size: .9375rem; }
th, td { padding: .5rem .75rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { color: var(--soft); font-weight: 500; font-size: .875rem; }
tbody td, tbody th { border-top: 1px solid var(--line); }
tbody th { color: inherit; font-weight: 600; font-size: inherit; }
time, thead th { white-space: nowrap; }
.number { font-variant-numeric: tabular-nums; white-space: nowrap; }
.figures .number { text-align: right; }
td p, th p { margin: 0; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
ol { padding-left: 1.5rem; } .plan ol li { margin: .75rem 0; }
ul { margin: .5rem 0; padding-left: 1.25rem; } ul li { overflow-wrap: anywhere; }
.contents { margin-top: 1.5rem; }
.contents ol { margin: 0; padding: 0; list-style: none; }
.contents > ol { columns: 3 14rem; column-gap: 2rem; }
.contents ol ol { padding-left: 1rem; font-size: .9375rem; }
.contents li { overflow-wrap: anywhere; } .contents > ol > li { break-inside: avoid; }
.why { padding-bottom: .5rem; border-bottom: 1px solid var(--line); } .why a { margin-right: .5rem; font-size: .875rem; }
.chart { margin: .75rem 0; } .chart svg { display: block; width: 100%; height: auto; }
.chart line { stroke: var(--line); } .chart polyline { fill: none; stroke: var(--good); stroke-width: 2.5; stroke-linejoin: round; }
.chart circle { fill: var(--good); } .chart text { fill: var(--soft); font-size: 12px; text-anchor: end; }
.chart figcaption { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 1rem; }
@media screen and (max-width: 44rem) {
  header, main { padding-left: .875rem; padding-right: .875rem; }
  .tiles { grid-template-columns: repeat(2, 1fr); }
  .tile.score { grid-column: 1 / -1; }
  .tile { padding: .625rem .875rem; }
  header .meta span { display: block; }
  .stack thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .stack, .stack tbody, .stack tr, .stack td, .stack th { display: block; width: 100%; }
  .stack tbody td, .stack tbody th { padding: .125rem .875rem; border-top: 0; }
  .stack tbody tr { padding: .5rem 0; } .stack tbody tr + tr { border-top: 1px solid var(--line); }
  .stack td[data-label]::before { content: attr(data-label) ": "; color: var(--soft); }
  .figures tr { display: flex; flex-wrap: wrap; }
  .figures td { width: auto; } .figures td.zero { display: none; }
}
@media print, (min-width: 44rem) { .figures th:first-child { width: 30%; min-width: 12rem; } }
@media print {
  :root { color-scheme: light; --page: #fff; --ink: #000; --soft: #444; --line: #bbb; --code: #f2f2f2; --link: #000; --info: #444; }
  @page { margin: 15mm 14mm 17mm; @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; color: #444; } }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  body { font-size: 9.5pt; }
  header, main { max-width: none; padding-left: 0; padding-right: 0; }
  header { padding-top: 0; }
  .skip { display: none; }
  .tiles { grid-template-columns: 2fr repeat(5, 1fr); gap: .5rem; }
  .card { padding: .5rem .75rem; }
  .control::details-content, .plan::details-content, .part:not(.quiet)::details-content { content-visibility: visible; block-size: auto; }
  .quiet:not([open]) { display: none; }
  .control:not(.long), .why, .case p, .evidence, tr, li, pre, .card, .remedy { break-inside: avoid; }
  h2, h3, h4, summary, .why, .case > p { break-after: avoid; }
  section[aria-labelledby="violations"] { break-before: page; }
  .why a { font-size: .85em; } .contents { columns: auto; } .legend dl { grid-template-columns: max-content 1fr; }
  summary { list-style: none; }
  a { text-decoration: none; }
  dl, pre, p, table { font-size: 1em; } .meta, summary .where, h4 { font-size: .9em; }
  dl { grid-template-columns: max-content 1fr max-content 1fr; } .unit { grid-column: 2 / -1; }
  th, td { padding: .25rem .375rem; }
  h2 { margin-top: 1.25rem; } .control, p, .evidence { margin: .25rem 0; } summary { padding: .375rem .75rem; }
  .inside { padding: .125rem .75rem .5rem; }
}
`;

/** The style sheet in its element, to the letter of what the hash was taken of. */
export const styleElement = new Html(`<style>${style}</style>`);

/** The style sheet's hash as a source for a content security policy. */
export const styleSource = `'sha256-${createHash('sha256').update(style).digest('base64')}'`;
