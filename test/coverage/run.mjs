import { spawnSync } from 'node:child_process'
import { cpSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'

/**
 * Counts what the tests run of src, in their own processes and in every child that they start: all of them load one
 * build, module by module, and V8 counts in each. Arguments are handed to vitest.
 */
const raw = resolve('coverage/raw')
const build = resolve('coverage/build')
const counting = { ...process.env, NODE_V8_COVERAGE: raw, AUTHWALK_PROGRAM: `${build}/bin/authwalk.js` }

rmSync('coverage', { recursive: true, force: true })
run('tsc', ['--outDir', `${build}/dist`, '--sourceMap', '--declaration', 'false'])
for (const name of ['bin', 'package.json']) cpSync(name, `${build}/${name}`, { recursive: true })
const tested = run('vitest', ['run', '--config', 'test/coverage/vitest.config.ts', ...process.argv.slice(2)], counting)
const bounds = ['--check-coverage', '--lines', '97', '--branches', '92']
const reported = run('c8', ['report', '--temp-directory', raw, '--exclude-after-remap', '--all', '--src', 'src', '--include', 'src/**', '--reporter', 'text', '--reporter', 'text-summary', ...bounds])
process.exitCode = tested || reported

/**
 * @param {string} command
 * @param {string[]} args
 */
function run(command, args, env = process.env) {
  return spawnSync(command, args, { env, stdio: 'inherit' }).status ?? 1
}
