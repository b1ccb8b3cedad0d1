// `npm run build`: the program and the library in dist, with everything that they need and nothing else.
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'rolldown'
import { notices } from './notices.mjs'

/** Parts of dependencies that nothing here comes to: an editor for long answers, HTTP/2, and the bodies of fetch. */
const neverUsed = /^@inquirer\/editor$|\/client-h2\.js$|\/web\/fetch\/body\.js$/

/**
 * Modules that stay together with all that they import, as far as no part before has it. Each file costs Node a moment
 * when it is read, and npm a longer one when it is unpacked. No part may need one behind it in order to start.
 * @type {[name: string, modules: RegExp][]}
 */
const parts = [
  ['errors', /src.errors\.ts$/],
  ['main', /src.cli.main\.ts$/],
  ['common', /src.(io.redirect-uri|oauth.(algorithms|client-authentication|html-form))\.ts$|.usingCtx\.js$/],
  ['library', /src.index\.ts$/],
  ['command', /src.cli.command\.ts$/],
  ['walk', /src.cli.run\.ts$/],
  ['signing-key', /src.practice.signing-key\.ts$/],
  ['practising', /src.practice.*\.ts$/],
  ['providers', /src.providers.*\.ts$/],
  ['asking', /src.cli.(ask|questions)\.ts$/],
  ['terminal', /src.cli.(pace|terminal)\.ts$/],
  ['knowledge', /src.(diagnosis|doctor|cli.doctor|cli.knowledge|cli.silence).*\.ts$/],
  ['others', /\.ts$/],
]

await build({
  input: { main: 'src/cli/main.ts', index: 'src/index.ts' },
  platform: 'node',
  transform: {
    target: 'node20.19',
    // The practice provider's framework compares each body with it, and Node would load its fetch for that.
    inject: { Response: [beside('response.cjs'), 'Response'] },
  },
  resolve: { alias: { undici: beside('undici.cjs'), 'mime-db': beside('mime-db.cjs') } },
  // depd, for oidc-provider, names the callers of what is deprecated.
  checks: { eval: false, ineffectiveDynamicImport: false },
  plugins: [
    { name: 'never-used', resolveId: { filter: { id: neverUsed }, handler: () => beside('nothing.cjs') } },
    notices(),
  ],
  output: {
    dir: 'dist',
    // Node starts a CommonJS program faster than a module.
    format: 'cjs',
    cleanDir: true,
    // oidc-provider stores what it issues under the name of its class.
    minify: { compress: { keepNames: { class: true, function: false } }, mangle: { keepNames: { class: true, function: false } } },
    sourcemap: 'hidden',
    chunkFileNames: '[name].js',
    codeSplitting: { groups: parts.map(([name, test], at) => ({ name, test, priority: parts.length - at })) },
  },
  logLevel: 'warn',
})

for (const name of ['help', 'version']) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/authwalk.js', `--${name}`], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`--${name}: ${stderr}`)
  writeFileSync(`dist/${name}.txt`, stdout)
}

/** @param {string} name */
function beside(name) {
  return fileURLToPath(new URL(name, import.meta.url))
}
