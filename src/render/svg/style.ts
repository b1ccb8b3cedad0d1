/** The look of a sequence diagram. The colours are variables, so that a page can share its own. */
export const sequenceStyle = `
.sequence { display: block; width: 100%; height: auto; font: 400 14px system-ui, sans-serif; }
.sequence text { fill: var(--ink); stroke: var(--card); stroke-width: 4px; stroke-linejoin: round; paint-order: stroke; }
.sequence.narrow { font-size: 12px; }
.sequence.narrow .name { font-size: 10.5px; }
.sequence .life { stroke: var(--edge); stroke-width: 1; stroke-dasharray: 2 4; }
.sequence .party { fill: var(--paper); stroke: var(--edge); }
.sequence .name { font-weight: 600; stroke: none; }
.sequence .rule { stroke: var(--line); }
.sequence .number { fill: var(--accent); }
.sequence .digit { fill: var(--on-accent); stroke: none; font-weight: 700; font-size: 13px; }
.sequence .title { font-weight: 600; font-size: 1.1em; }
.sequence .said { fill: none; stroke: none; font-size: 1px; }
.sequence .channel, .sequence .detail { font-size: .875em; }
.sequence .detail { fill: var(--dim); }
.sequence .channel.front { fill: var(--front); }
.sequence .channel.back { fill: var(--accent); }
.sequence path { fill: none; }
.sequence .halo { stroke: var(--card); stroke-width: 14; }
.sequence .shaft { stroke-width: 2; }
.sequence .head { stroke: none; }
.sequence .cross { stroke: var(--alarm); stroke-width: 2.5; }
.sequence .front .shaft { stroke: var(--front); }
.sequence .front .head { fill: var(--front); }
.sequence .back .shaft { stroke: var(--accent); stroke-width: 3; }
.sequence .back .head { fill: var(--accent); }
.sequence .local .shaft { stroke: var(--dim); stroke-width: 1.5; }
.sequence .local .head { fill: var(--dim); }
.sequence .unseen .shaft { stroke-dasharray: 2 3; }
.sequence .unseen .label { fill: var(--dim); font-style: italic; }
.sequence .refused .detail { fill: var(--alarm); }
.sequence .dot { fill: var(--card); stroke: var(--dim); stroke-width: 2; }
.sequence .dot.pass { stroke: var(--accent); fill: var(--accent); }
.sequence .dot.fail, .sequence .dot.warn { stroke: var(--alarm); fill: var(--alarm); }
.sequence .note { fill: var(--dim); }
.sequence .note.fail, .sequence .note.warn { fill: var(--alarm); font-weight: 600; }
.sequence .area { fill: none; pointer-events: all; }
.sequence a:hover .area { fill: var(--tint); }
.sequence a:focus { outline: none; }
.sequence a:focus-visible .area { fill: var(--tint); stroke: var(--accent); stroke-width: 2; }
`
