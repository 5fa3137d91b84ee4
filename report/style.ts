/** The report's style sheet: light and dark by the reader's preference, one column on a phone, ink-saving in print. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --panel: #f5f7f9; --ink: #1a1f26; --muted: #57606a; --line: #d5dbe1;
  --start: #0072b2; --best: #d55e00; --fresh: #007a5a; --right: #00664b; --wrong: #a84300; --link: #005a8f;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #0f141a; --panel: #182029; --ink: #e8edf2; --muted: #a3afbb; --line: #34404c;
    --start: #56b4e9; --best: #f0a23a; --fresh: #35c49a; --right: #4fd1ab; --wrong: #ffab66; --link: #7cc4f0;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", sans-serif; }
header, main, footer { max-width: 54rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2rem; }
footer { padding-bottom: 3rem; color: var(--muted); font-size: 0.875rem; }
h1 { margin: 0; font-size: 1.75rem; line-height: 1.2; overflow-wrap: anywhere; }
h2 { margin: 3rem 0 0.75rem; padding-top: 1rem; border-top: 1px solid var(--line); font-size: 1.35rem; line-height: 1.25; }
h3 { margin: 1.75rem 0 0.5rem; font-size: 1rem; }
p { margin: 0.5rem 0; }
a { color: var(--link); }
nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; margin: 1rem 0 0; padding: 0; list-style: none; font-size: 0.9rem; }
sup { line-height: 0; }
.muted, figcaption, caption, dt, small { color: var(--muted); }
.lead { font-size: 1.1rem; }
.verdict { margin-top: 1.5rem; font-size: 1.5rem; }
.verdict.won span { color: var(--right); }
.verdict.lost span { color: var(--wrong); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: 0.75rem; margin: 1.25rem 0; }
.tiles div { display: flex; flex-direction: column; justify-content: space-between; padding: 0.75rem 1rem; border-radius: 0.5rem; background: var(--panel); }
.tiles dt { font-size: 0.8rem; line-height: 1.3; }
.tiles dd { margin: 0.15rem 0 0; font-size: 1.35rem; font-weight: 600; font-variant-numeric: tabular-nums; }
figure { margin: 1.5rem 0 2rem; }
figure h3 { margin-bottom: 0.25rem; }
figure svg { display: block; max-width: 100%; height: auto; }
figure svg.narrow { display: none; }
figcaption { max-width: 46rem; margin-top: 0.25rem; font-size: 0.875rem; }
.scroll { overflow-x: auto; margin: 1.25rem 0; }
table { border-collapse: collapse; font-size: 0.875rem; font-variant-numeric: tabular-nums; }
caption { padding-bottom: 0.35rem; text-align: left; }
th, td { padding: 0.3rem 0.9rem 0.3rem 0; text-align: left; vertical-align: top; }
.figures td, .figures thead th:not(:first-child) { text-align: right; white-space: nowrap; }
.figures tbody th { min-width: 6rem; max-width: 18rem; overflow-wrap: break-word; }
thead th { border-bottom: 2px solid var(--line); color: var(--muted); font-weight: 500; }
tbody th { font-weight: 500; }
tbody tr + tr > * { border-top: 1px solid var(--line); }
.columns { display: grid; grid-template-columns: 1fr 1fr; gap: 0 1.5rem; }
.columns > div { min-width: 0; }
.examples { margin: 0; padding: 0; list-style: none; }
.examples li { margin: 0 0 0.75rem; padding: 0.75rem 1rem; border-radius: 0.5rem; background: var(--panel); break-inside: avoid; }
.examples .what { margin: 0; font-size: 0.8rem; }
.question, .truth dd, .response { white-space: pre-wrap; overflow-wrap: anywhere; }
.question { margin: 0 0 0.5rem; font-weight: 500; }
.examples dl { margin: 0; font-size: 0.875rem; }
.examples dl div { display: grid; grid-template-columns: minmax(4.5rem, 28%) 1fr; gap: 0.75rem; padding: 0.2rem 0; border-top: 1px solid var(--line); }
.truth dd { font-weight: 600; }
.examples dt { overflow-wrap: anywhere; }
.examples dd { min-width: 0; margin: 0; }
.mark { white-space: nowrap; font-weight: 600; }
.right { color: var(--right); }
.wrong { color: var(--wrong); }
.partly { color: var(--ink); }
.pairs { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: 0 1.75rem; margin: 0.5rem 0; font-size: 0.9rem; }
.pairs div { display: flex; justify-content: space-between; gap: 1rem; padding: 0.25rem 0; border-bottom: 1px solid var(--line); }
.pairs dd { min-width: 0; margin: 0; text-align: right; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.codes { grid-template-columns: 1fr; }
.codes dd { font-family: ui-monospace, Consolas, "DejaVu Sans Mono", monospace; font-size: 0.8rem; }
summary { cursor: pointer; }
@media (max-width: 40rem) {
  figure svg.wide { display: none; }
  figure svg.narrow { display: block; }
  .columns { grid-template-columns: 1fr; }
  h2 { margin-top: 2rem; }
}
@media print {
  :root {
    --paper: #ffffff; --panel: #ffffff; --ink: #000000; --muted: #444444; --line: #bbbbbb;
    --start: #0072b2; --best: #d55e00; --fresh: #007a5a; --right: #00664b; --wrong: #a84300;
  }
  body { font-size: 11pt; }
  nav { display: none; }
  figure svg.wide { display: block; }
  figure svg.narrow { display: none; }
  figure, tr, .tiles { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  .scroll { overflow: visible; }
  .tiles div, .examples li { border: 1px solid var(--line); }
}
`;
