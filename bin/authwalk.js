#!/usr/bin/env node
'use strict'
const { homedir } = require('node:os')
const { join } = require('node:path')
const { enableCompileCache } = require('node:module')

const { env, platform } = process
const homes = { darwin: join(homedir(), 'Library', 'Caches'), win32: env.LOCALAPPDATA || join(homedir(), 'AppData', 'Local') }
// Compiled code is trusted when it is read again, and Node's own choice is a folder that others may have made.
if (enableCompileCache) enableCompileCache(join(env.XDG_CACHE_HOME || homes[platform] || join(homedir(), '.cache'), 'authwalk'))

require('../dist/main.js')
