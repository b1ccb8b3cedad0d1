import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * Says what was bundled: each package's licence in `licenses.txt`, and a bill of materials in `sbom.cdx.json`
 * (CycloneDX 1.6). Both are read off the bundle, so that they can't know less than it holds.
 * @returns {import('rolldown').Plugin}
 */
export function notices() {
  return {
    name: 'notices',
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((output) => (output.type === 'chunk' ? output.moduleIds : []))
      const packages = packagesOf(modules)
      this.emitFile({ type: 'asset', fileName: 'licenses.txt', source: packages.map(notice).join('\n') })
      this.emitFile({ type: 'asset', fileName: 'sbom.cdx.json', source: `${JSON.stringify(bill(packages), undefined, 2)}\n` })
    },
  }
}

/** @typedef {{ name: string, version: string, license: string, text: string, integrity: string }} Package */

/**
 * @param {readonly string[]} modules
 * @returns {Package[]}
 */
function packagesOf(modules) {
  const folders = new Set(modules.filter((id) => /[\\/]node_modules[\\/]/.test(id)).map(packageFolder))
  return [...folders].map(describe).sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** @param {string} file */
function packageFolder(file) {
  let folder = dirname(file)
  // A package may mark folders inside it as modules, with a manifest that has no name.
  while (!manifestIn(folder)?.name) folder = dirname(folder)
  return folder
}

/**
 * @param {string} folder
 * @returns {{ name?: string, version?: string, license?: string } | undefined}
 */
function manifestIn(folder) {
  const path = join(folder, 'package.json')
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined
}

/**
 * @param {string} folder
 * @returns {Package}
 */
function describe(folder) {
  const { name = folder, version = '', license } = manifestIn(folder) ?? {}
  if (license === undefined) throw new Error(`${name} does not say under which licence it comes`)
  const { integrity = '' } = locked[folder.slice(folder.indexOf('node_modules')).replaceAll('\\', '/')] ?? {}
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry))
  const text = file === undefined ? 'The package holds no text of its licence.' : readFileSync(join(folder, file), 'utf8').trim()
  return { name, version, license, integrity, text }
}

/** @type {{ version: string, packages: Record<string, { integrity?: string }> }} */
const { packages: locked, version } = JSON.parse(readFileSync('package-lock.json', 'utf8'))

/** @param {Package} one */
function notice({ name, version, license, text }) {
  return `${name} ${version} (${license})\n${'='.repeat(72)}\n${text}\n`
}

/** @param {readonly Package[]} packages */
function bill(packages) {
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'application', 'bom-ref': 'authwalk', name: 'authwalk', version, purl: `pkg:npm/authwalk@${version}` } },
    components: packages.map(component),
    dependencies: [{ ref: 'authwalk', dependsOn: packages.map(reference) }],
  }
}

/** @param {Package} one */
function component(one) {
  const { name, version, license, integrity } = one
  const [, algorithm = '', digest = ''] = /^(sha\d+)-(.+)$/.exec(integrity) ?? []
  return {
    type: 'library',
    'bom-ref': reference(one),
    name,
    version,
    licenses: [{ license: { id: license } }],
    purl: reference(one),
    hashes: [{ alg: algorithm.replace('sha', 'SHA-'), content: Buffer.from(digest, 'base64').toString('hex') }],
  }
}

/** @param {Package} one */
function reference({ name, version }) {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`
}
