#!/usr/bin/env node
'use strict'
// Releases that are too old have to get as far as being told so: nothing before that is newer than Node.js 6.
const OLDEST = '20.19'

if (isSupported(process.versions)) start()
else {
  process.stderr.write(`authwalk needs Node.js ${OLDEST} or newer, and this is ${nameOf(process.versions)}.\n`)
  process.exitCode = 2
}

function start() {
  const { enableCompileCache } = require('node:module')
  // Compiled code is trusted when it is read again, and Node's own choice is a folder that others may have made.
  if (enableCompileCache) enableCompileCache(ownCache(process))
  require('../dist/main.js')
}

/** @param {NodeJS.Process} process */
function ownCache({ env, platform }) {
  const { homedir } = require('node:os')
  const { join } = require('node:path')
  const homes = { darwin: join(homedir(), 'Library', 'Caches'), win32: env.LOCALAPPDATA || join(homedir(), 'AppData', 'Local') }
  return join(env.XDG_CACHE_HOME || homes[platform] || join(homedir(), '.cache'), 'authwalk')
}

/** @param {NodeJS.ProcessVersions} versions */
function isSupported(versions) {
  const [major, minor] = versions.node.split('.').map(Number)
  const [oldestMajor, oldestMinor] = OLDEST.split('.').map(Number)
  if (versions.bun || versions.deno) return false
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)
}

/** @param {NodeJS.ProcessVersions} versions */
function nameOf(versions) {
  if (versions.bun) return `Bun ${versions.bun}`
  return versions.deno ? `Deno ${versions.deno}` : `Node.js ${versions.node}`
}
