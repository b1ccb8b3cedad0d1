import { takeCoverage } from 'node:v8'
import { afterAll } from 'vitest'

// A worker is ended from outside, and would take what it has counted along.
afterAll(() => takeCoverage())
