/** @typedef {{ isObjectProperty(): boolean, node: { key?: { name?: string } } }} Path */

const PROSE = ['title', 'why', 'fix', 'reason']

/** Sentences of a check, or of a rule of the gate, decide nothing: a test that repeats them would prove nothing. */
export const strykerPlugins = [
  {
    kind: 'Ignore',
    name: 'prose',
    value: {
      /** @param {Path} path */
      shouldIgnore: (path) => (path.isObjectProperty() && PROSE.includes(path.node.key?.name ?? '') ? 'prose' : undefined),
    },
  },
]
