// Reports against what they may cost: 200 kB of a walk, and for 10,000 events two seconds, where `node -e 0` takes 50 ms.
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, program, versus, wall } from './measure.mjs'

const EVENTS = 10_000
const ROUNDS = 5

/**
 * @param {(row: import('./processes.mjs').Row) => void} tell
 */
export async function reports(tell) {
  const folder = await mkdtemp(join(tmpdir(), 'authwalk-bench-'))
  const walk = join(folder, 'walk.json')
  const long = join(folder, 'long.json')
  const html = join(folder, 'walk.html')
  try {
    const redirectUri = `http://127.0.0.1:${await freePort()}/callback`
    await wall([program, '--practice', '--redirect-uri', redirectUri, '--json', '--browser', 'builtin', '--save', walk, '--report', `html=${html}`])
    const { size } = await stat(html)
    tell({ what: 'an HTML report of a walk, of 200 kB', ratio: size / 200_000, most: 1, detail: `${(size / 1000).toFixed(0)} kB` })

    /** @type {import('../../src/events.ts').Transcript} */
    const transcript = JSON.parse(await readFile(walk, 'utf8'))
    const events = Array.from({ length: EVENTS }, (_, at) => transcript.events.at(at % transcript.events.length))
    await writeFile(long, JSON.stringify({ ...transcript, events }))
    const report = () => wall([program, 'report', long, '--format', 'html'])
    const { a, b, ratio } = await versus(report, () => wall(['-e', '0']), ROUNDS)
    tell({ what: `an HTML report of ${EVENTS} events, wall`, ratio, most: 40, detail: `${a.toFixed(0)} / ${b.toFixed(0)} ms` })
  } finally {
    await rm(folder, { recursive: true })
  }
}
