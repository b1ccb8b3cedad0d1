const LIGHT = `color-scheme: light;
  --paper: #f6f6f3; --card: #fff; --ink: #1c2226; --dim: #59636a; --line: #d3d8d5; --edge: #7f8a8c;
  --accent: #0a645f; --on-accent: #fff; --tint: #e4f0ee; --alarm: #9a2a1f; --alarm-tint: #fbeae7; --front: #86306f;`
const DARK = `color-scheme: dark;
  --paper: #121618; --card: #1a2023; --ink: #e6ebe9; --dim: #a0abae; --line: #343d41; --edge: #77838a;
  --accent: #74d4c8; --on-accent: #06211f; --tint: #183230; --alarm: #ffab9e; --alarm-tint: #3a1f1b; --front: #eba9db;`

/**
 * The colours of every page and drawing, light and dark, and light on paper. `--front` is the front channel, `--accent`
 * the back channel.
 */
export const colours = `
:root { ${LIGHT} }
@media screen and (prefers-color-scheme: dark) { :root { ${DARK} } }
`

/** The look of every page: system font, one accent colour, from 320 px to a projector. */
export const pageStyle = `${colours}
:root { font: clamp(1rem, .75rem + .65vw, 1.75rem)/1.55 system-ui, sans-serif; }
* { box-sizing: border-box; margin: 0; padding: 0; }
body {
  background: var(--paper); color: var(--ink);
  max-width: 37rem; margin: 0 auto; padding: clamp(1.25rem, 5vh, 4rem) clamp(1rem, 5vw, 1.75rem) 3rem;
  overflow-wrap: anywhere;
}
.who { color: var(--dim); }
.who strong { color: var(--accent); font-weight: 600; }
.track { position: relative; margin: .9rem 0 2rem; color: var(--edge); }
.track svg { position: absolute; top: 50%; left: 0; transform: translateY(-50%); }
.track ol { position: relative; display: flex; justify-content: space-between; list-style: none; }
.track li {
  width: 2rem; height: 2rem; display: grid; place-items: center; font-size: .875rem; line-height: 1;
  border: .125rem solid var(--edge); border-radius: 50%; background: var(--paper); color: var(--dim);
}
.track .done { border-color: var(--accent); color: var(--accent); }
.track [aria-current] {
  border-color: var(--accent); background: var(--accent); color: var(--on-accent); font-weight: 700;
}
main {
  display: grid; gap: 1.25rem; padding: clamp(1.25rem, 5vw, 2.25rem);
  background: var(--card); border: 1px solid var(--line); border-radius: .875rem;
}
p { text-wrap: pretty; }
a { color: var(--accent); text-underline-offset: .2em; }
h1 { font-size: 1.625rem; line-height: 1.25; letter-spacing: -.01em; text-wrap: balance; }
h2 { font-size: 1em; font-weight: 600; }
main > h2 { margin-bottom: -.9rem; }
code { font-family: ui-monospace, monospace; font-size: .92em; }
.note { color: var(--dim); font-size: .9375em; border-top: 1px solid var(--line); padding-top: 1.25rem; }
.alert {
  background: var(--alarm-tint); color: var(--alarm); border-left: .25rem solid; border-radius: .25rem;
  padding: .6rem .9rem;
}
form { display: grid; gap: 1rem; }
label { display: grid; gap: .3rem; font-weight: 600; }
input {
  font: inherit; font-weight: 400; width: 100%; padding: .55rem .75rem;
  color: inherit; background: var(--paper); border: 1px solid var(--edge); border-radius: .5rem;
}
.actions { display: flex; flex-wrap: wrap; gap: .75rem; margin-top: .25rem; }
button {
  font: inherit; font-weight: 600; padding: .55rem 1.5rem; border-radius: .5rem; cursor: pointer;
  color: var(--on-accent); background: var(--accent); border: 1px solid var(--accent);
}
button.quiet { color: var(--ink); background: none; border-color: var(--edge); }
button:hover { filter: brightness(1.12); }
button.quiet:hover { filter: none; background: var(--tint); }
:focus-visible { outline: .1875rem solid var(--accent); outline-offset: .1875rem; }
aside { background: var(--tint); border-radius: .5rem; padding: .75rem 1rem; }
.users { list-style: none; }
.users li { display: flex; gap: 1.25rem; }
.users code:first-child { min-width: 4rem; }
.steps { padding-left: 1.5em; }
.steps span { color: var(--dim); font-size: .8125em; }
.steps [aria-current], .steps [aria-current] span { color: var(--accent); font-weight: 600; }
.scopes { display: grid; grid-template-columns: max-content 1fr; gap: .75rem 1.5rem; }
.scopes dt { color: var(--accent); }
.scopes .values { display: block; color: var(--dim); font-size: .9375em; }
footer {
  display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; margin-top: 1.25rem; color: var(--dim); font-size: .8125em;
}
footer svg { color: var(--edge); vertical-align: -.05em; margin-right: .4em; }
@media (max-width: 26rem) {
  .steps span { display: block; }
  .scopes { grid-template-columns: 1fr; gap: 0; }
  .scopes dd { margin-bottom: .75rem; }
  .track li { width: 1.625rem; height: 1.625rem; }
  button { flex: 1 1 auto; }
}
@media (forced-colors: active) {
  .track [aria-current] { outline: .1875rem solid; }
}
`
