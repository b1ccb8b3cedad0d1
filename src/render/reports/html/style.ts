/** What a report has beside the look of every page. */
export const reportStyle = `
:root { font-size: clamp(1rem, .9rem + .25vw, 1.375rem); scroll-behavior: smooth; }
@media (prefers-reduced-motion: reduce) { :root { scroll-behavior: auto; } }
body { max-width: 66rem; }
main { display: block; padding: 0; background: none; border: 0; }
h1 { font-size: clamp(1.75rem, 1.3rem + 1.6vw, 2.75rem); margin: .25rem 0 1.25rem; }
h2 { font-size: 1.375rem; font-weight: 700; letter-spacing: -.01em; margin-bottom: .75rem; }
h3 { font-size: 1.125rem; }
h4 { font-size: 1rem; font-weight: 600; }
main > section {
  background: var(--card); border: 1px solid var(--line); border-radius: .875rem;
  padding: clamp(1rem, 3vw, 2rem); margin-top: 1.5rem; scroll-margin-top: 1rem;
}
main > section > p:not(.alert) { max-width: 42rem; }
.lede { color: var(--dim); margin-bottom: 1.25rem; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr)); gap: .75rem 2rem; }
.facts dt { color: var(--dim); font-size: .875rem; }
nav { margin-top: 1.5rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; list-style: none; }
nav a { display: inline-block; padding: .25rem 0; }
#fix { border-color: var(--alarm); }
#fix > * + * { margin-top: .75rem; }
#fix ol { padding-left: 1.5rem; }
.read, .skip, .cost, small { color: var(--dim); font-size: .875rem; }
small { font-weight: 400; }
th small { display: block; font-family: ui-monospace, monospace; font-size: .8125rem; }
svg.narrow { display: none; }
svg .shaft { fill: none; stroke-width: 2; }
svg.front .shaft { stroke: var(--front); }
svg.front .head { fill: var(--front); }
svg.back .shaft { stroke: var(--accent); stroke-width: 3; }
svg.back .head { fill: var(--accent); }
.route svg { vertical-align: -.05em; }
.route { color: var(--dim); font-size: .9375rem; }
.route .channel { border: 1px solid; border-radius: 1rem; padding: 0 .6rem; font-size: .8125rem; margin: 0 .5rem; white-space: nowrap; }
.channel.front { color: var(--front); border-style: dashed; }
.channel.back { color: var(--accent); }
.step { padding: 1.75rem 0 0 3.25rem; position: relative; }
.step > * + * { margin-top: .75rem; }
.step:not(:last-child)::before { content: ''; position: absolute; left: 1rem; top: 2.5rem; bottom: -2rem; border-left: 1px solid var(--line); }
.step h3 { scroll-margin-top: 1rem; }
.step h3 b {
  position: absolute; left: 0; width: 2rem; height: 2rem; margin-top: -.15rem; display: grid; place-items: center; font-size: .9375rem;
  border-radius: 50%; background: var(--accent); color: var(--on-accent);
}
.step h3.front b { background: var(--front); color: var(--card); }
.says { max-width: 42rem; }
details { max-width: 42rem; }
details[open] > :not(summary) { margin-top: .5rem; }
summary { cursor: pointer; color: var(--dim); width: fit-content; border-radius: .25rem; }
summary:hover { color: var(--ink); }
details dl, .observed dl { display: grid; grid-template-columns: minmax(6rem, max-content) 1fr; gap: .15rem 1rem; font-size: .875rem; }
.message { border: 1px solid var(--line); border-left: .25rem solid var(--accent); border-radius: .5rem; padding: .75rem 1rem; scroll-margin-top: 1rem; }
.message.front { border-left: .25rem dashed var(--front); }
.message.refused { opacity: 1; border-left-color: var(--edge); }
.message > * + * { margin-top: .4rem; }
.message table, .message details { margin-top: .75rem; }
:target { outline: .1875rem solid var(--accent); outline-offset: .25rem; border-radius: .25rem; }
.made { color: var(--accent); border: 1px solid; border-radius: 1rem; padding: 0 .5rem; font-size: .75rem; white-space: nowrap; }
.observed { border-left: .25rem double var(--edge); padding-left: 1rem; font-size: .9375rem; }
.observed > p { font-weight: 600; }
.observed ul { padding-left: 1.1rem; }
.observed li + li { margin-top: .4rem; }
.observed dl { color: var(--dim); }
pre { white-space: pre-wrap; font: .875rem/1.5 ui-monospace, monospace; background: var(--paper); border-radius: .5rem; padding: .75rem 1rem; }
table { width: 100%; border-collapse: collapse; font-size: .9375rem; }
table + table { margin-top: 2rem; }
caption { text-align: left; font-weight: 600; padding: 0 0 .4rem; }
caption small { margin-left: .5rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0; border-top: 1px solid var(--line); font-weight: 400; }
thead th, thead th.read { color: var(--dim); font-size: .8125rem; border-top: 0; padding-bottom: .1rem; }
.pass td.verdict { color: var(--accent); }
.skip th, .skip td { color: var(--dim); }
.fail th, .warn th { font-weight: 600; }
.fail td.verdict, .warn td.verdict { color: var(--alarm); font-weight: 600; }
.fail { background: var(--alarm-tint); }
.why { font-weight: 400; margin-top: .25rem; }
.step h3 + .route { margin-top: 0; }
#tokens > * + * { margin-top: .5rem; }
#tokens table { margin-top: 1rem; }
#tokens h3:not(:first-of-type) { margin-top: 2.5rem; }
.sights + .skip { margin-top: .75rem; }
.sights td { text-align: center; }
.sights thead th:not(:first-child) { text-align: center; }
.sights caption { font-weight: 400; max-width: 42rem; }
.sight { font-size: 1.25rem; line-height: 1; }
.sight span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.saw { color: var(--accent); }
.not { color: var(--edge); }
.waterfall td:nth-child(3) { white-space: nowrap; }
.waterfall .bar { display: block; margin-top: .3rem; background: var(--paper); border-radius: .2rem; }
.waterfall rect { fill: var(--accent); }
@media (min-width: 44.01rem) {
  table { table-layout: fixed; }
  th:nth-child(1) { width: 27%; }
  th:nth-child(2) { width: 35%; }
  th.read { width: 16%; }
  #checks th:nth-child(1) { width: 36%; }
  #checks th:nth-child(2) { width: 12%; }
  .sights th:nth-child(n + 2) { width: auto; }
  .waterfall th:nth-child(2) { width: 60%; }
  #tokens th:nth-child(1) { width: 16%; }
  #tokens th:nth-child(2) { width: 34%; }
}
@media (max-width: 44rem) {
  svg.narrow { display: block; }
  svg.wide { display: none; }
  .step { padding-left: 0; }
  .step::before { display: none; }
  .step h3 { padding-left: 2.75rem; min-height: 2.25rem; }
  .route .channel { margin-left: 0; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table, caption, tbody, tr, th, td { display: block; }
  tr { border-top: 1px solid var(--line); padding: .5rem 0; }
  th, td { border: 0; padding: .1rem 0; }
  td:empty { display: none; }
  .sights td { display: inline-block; text-align: left; margin-right: 1rem; }
  .sights td::before, td[data-title='expected']::before, td[data-title='got']::before { content: attr(data-title) ' '; color: var(--dim); font-size: .8125rem; }
}
@media (min-width: 22.5rem) and (max-width: 44rem) {
  .sights :is(table, caption, tbody, tr, th, td) { display: revert; }
  .sights thead { display: revert; position: static; clip-path: none; }
  .sights :is(th, td) {
    border-top: 1px solid var(--line); padding: .4rem .25rem .4rem 0; margin: 0; font-size: .875rem; overflow-wrap: break-word;
  }
  .sights td { text-align: center; }
  .sights td::before { content: none; }
  .sights thead th { border: 0; padding-bottom: .1rem; vertical-align: bottom; font-size: .75rem; }
}
@media print {
  :root { font-size: 10pt; --paper: #fff; }
  body { max-width: none; padding: 0; }
  nav { display: none; }
  main > section { border: 0; padding: 0; margin-top: 2rem; }
  h2, h3, h4, caption { break-after: avoid; }
  tr, .alert { break-inside: avoid; }
  svg.sequence { max-height: 24cm; }
  details::details-content { content-visibility: visible; block-size: auto; }
  a { color: inherit; text-decoration: none; }
}
`
