#!/usr/bin/env node
// `node test/conformance/run.mjs <plan>` walks in each module of a plan of the OpenID Foundation's conformance suite and
// compares what the walk and the suite say of it with modules.mjs. The suite is at CONFORMANCE_SUITE, and its certificate
// in NODE_EXTRA_CA_CERTS. Exit 1 where something is not as it should be.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { modules } from './modules.mjs'
import { suiteAt } from './suite.mjs'

/** @typedef {import('./modules.mjs').Module} Module */
/** @typedef {import('../../src/events.ts').Transcript} Transcript */
/** @typedef {import('node:child_process').ChildProcessByStdio<null, import('node:stream').Readable, import('node:stream').Readable>} Walker */
/** @typedef {{ client_id: string, client_secret: string, redirect_uri: string }} Client */

/** The choices that a plan leaves open. @type {Readonly<Record<string, Record<string, string>>>} */
const plans = {
  'oidcc-client-basic-certification-test-plan': { request_type: 'plain_http_request', client_registration: 'static_client' },
  'oidcc-client-test-plan': {
    request_type: 'plain_http_request',
    client_registration: 'static_client',
    client_auth_type: 'client_secret_basic',
    response_type: 'code',
    response_mode: 'default',
  },
}

const program = fileURLToPath(new URL('../../bin/authwalk.js', import.meta.url))
const browser = fileURLToPath(new URL('../support/scripted-browser.mjs', import.meta.url))
const suite = suiteAt(process.env['CONFORMANCE_SUITE'] ?? 'https://localhost.emobix.co.uk:8443')

/** A walk begins by asking without a token. The suite fails a client that does so at UserInfo, so it is done here. */
const resource = createServer(({ headers: { authorization } }, response) => {
  response.writeHead(authorization ? 200 : 401, { 'www-authenticate': 'Bearer', 'content-type': 'application/json' }).end('{}')
})

process.exitCode = await walkPlan(process.argv[2] ?? '')

/** @param {string} name */
async function walkPlan(name) {
  const variant = plans[name]
  if (!variant) throw new Error(`the plan is one of ${Object.keys(plans).join(', ')}`)
  const client = { client_id: 'authwalk', client_secret: randomBytes(32).toString('hex'), redirect_uri: await freeRedirectUri() }
  const registered = { ...client, id_token_signed_response_alg: 'RS256' }
  const plan = await suite.createPlan(name, variant, { description: 'authwalk', client: registered, waitTimeoutSeconds: 2 })
  const notes = `${await listening(resource)}/notes`
  const counts = { good: 0, bad: 0 }
  for (const prescribed of plan.modules) {
    const { testModule } = prescribed
    const module = modules[testModule]
    if (module?.lacks) {
      say(`-    ${testModule}: ${module.lacks}`)
      continue
    }
    const problems = module ? await judge(await suite.start(plan.id, prescribed), module, client, notes) : ['modules.mjs does not know it']
    counts[problems.length === 0 ? 'good' : 'bad'] += 1
    say([`${problems.length === 0 ? 'ok ' : 'NOT'}  ${testModule}`, ...problems].join('\n       '))
  }
  resource.close()
  say(`${counts.good} of ${counts.good + counts.bad} as they should be`)
  return counts.good > 0 && counts.bad === 0 ? 0 : 1
}

/**
 * @param {string} id of the started module
 * @param {Module} module
 * @param {Client} client
 * @param {string} notes
 * @returns {Promise<string[]>} what is not as it should be
 */
async function judge(id, module, client, notes) {
  const ready = await suite.reaches(id, ['WAITING'])
  if (ready.status !== 'WAITING') return [`the suite says ${ready.status} before anything was asked`, ...(await suite.complaints(id))]
  const issuer = await suite.issuer(id)
  const problems = []
  for (let login = 0; login < (module.logins ?? 1); login += 1) {
    const walker = start(issuer, module, client, notes)
    if (module.early) await leave(walker, id)
    else problems.push(...differences(await ending(walker), module))
  }
  const { status, result = '' } = await suite.reaches(id, [])
  const fine = module.optional ? ['SKIPPED'] : ['PASSED', 'REVIEW']
  if (status !== 'FINISHED' || !fine.includes(result)) problems.push(`the suite says ${status} ${result}`)
  return problems.length === 0 ? [] : [...problems, ...(await suite.complaints(id))]
}

/** @type {(issuer: string, module: Module, client: Client, notes: string) => Walker} */
function start(issuer, { args = [], early }, { client_id, client_secret, redirect_uri }, notes) {
  const given = [issuer, '--client-id', client_id, '--redirect-uri', redirect_uri, '--resource', notes, '--json', '--no-pause', ...args]
  const browsing = ['--browser', early ? 'none' : 'system', '--wait', '60']
  const env = { ...process.env, AUTHWALK_CLIENT_SECRET: client_secret, BROWSER: browser }
  return spawn(process.execPath, [program, ...given, ...browsing], { env, stdio: ['ignore', 'pipe', 'pipe'] })
}

/** The suite has seen what it wanted, and would not like to see more. @type {(walker: Walker, id: string) => Promise<void>} */
async function leave(walker, id) {
  const left = ending(walker)
  await suite.reaches(id, [])
  walker.kill()
  await left
}

/** @param {Walker} walker */
async function ending(walker) {
  const [transcript, said, [exit]] = await Promise.all([text(walker.stdout), text(walker.stderr), once(walker, 'close')])
  const error = transcript === '' ? undefined : /** @type {Transcript} */ (JSON.parse(transcript)).outcome.error
  return { exit: Number(exit), check: error?.check, happened: error?.happened ?? said.trim() }
}

/** @type {(came: Awaited<ReturnType<typeof ending>>, wanted: Module) => string[]} */
function differences(came, wanted) {
  if (came.exit === wanted.exit && came.check === wanted.check) return []
  const [is, should] = [came, wanted].map(({ exit, check = '' }) => `exit ${exit} ${check}`.trim())
  return [`the walk ended with ${is}, and should with ${should}: ${came.happened}`]
}

async function freeRedirectUri() {
  const server = createServer()
  const origin = await listening(server)
  server.close()
  return `${origin}/callback`
}

/** @param {import('node:http').Server} server */
async function listening(server) {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
}

/** @param {string} line */
function say(line) {
  process.stdout.write(`${line}\n`)
}
