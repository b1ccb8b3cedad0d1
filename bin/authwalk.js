#!/usr/bin/env node
'use strict'
const { enableCompileCache } = require('node:module')

// Compiled code is trusted when it is read again, and Node's own choice is a folder that others may have made.
if (enableCompileCache) enableCompileCache(ownCache(process))

require('../dist/main.js')

/** @param {NodeJS.Process} process */
function ownCache({ env, platform }) {
  const { homedir } = require('node:os')
  const { join } = require('node:path')
  const homes = { darwin: join(homedir(), 'Library', 'Caches'), win32: env.LOCALAPPDATA || join(homedir(), 'AppData', 'Local') }
  return join(env.XDG_CACHE_HOME || homes[platform] || join(homedir(), '.cache'), 'authwalk')
}
