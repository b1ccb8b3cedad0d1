import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/**
 * Counts what the tests run of src, in their own processes and in every child that they start: all of them load one
 * build, module by module, and V8 counts in each. Arguments are handed to vitest.
 */
const raw = resolve('coverage/raw')
const build = resolve('coverage/build')
const program = `${build}/bin/authwalk.js`
const counting = { ...process.env, NODE_V8_COVERAGE: raw, AUTHWALK_PROGRAM: program }

rmSync('coverage', { recursive: true, force: true })
run('tsc', ['-p', '.config/modules.json', '--outDir', build])
writeFileSync(`${build}/package.json`, JSON.stringify({ ...JSON.parse(readFileSync('package.json', 'utf8')), type: 'module' }))
mkdirSync(dirname(program))
writeFileSync(program, "import '../src/cli/main.js'\n")
// What holds types alone leaves nothing to be run.
for (const path of readdirSync(`${build}/src`, { recursive: true }).map((name) => `${build}/src/${String(name)}`)) {
  if (path.endsWith('.js') && /^(?:\/\*[^]*?\*\/\n)?export \{\};\n/.test(readFileSync(path, 'utf8'))) rmSync(path)
}
const tested = run('vitest', ['run', '--config', 'test/coverage/vitest.config.mts', ...process.argv.slice(2)], counting)
const counted = ['--all', '--src', `${build}/src`, '--include', '**/src/**', '--exclude', 'test/**', '--exclude-after-remap']
const bounds = ['--check-coverage', '--lines', '97', '--branches', '92']
const reported = run('c8', ['report', '--temp-directory', raw, ...counted, '--reporter', 'text', '--reporter', 'text-summary', ...bounds])
process.exitCode = tested || reported

/**
 * @param {string} command
 * @param {string[]} args
 */
function run(command, args, env = process.env) {
  return spawnSync(command, args, { env, stdio: 'inherit' }).status ?? 1
}
