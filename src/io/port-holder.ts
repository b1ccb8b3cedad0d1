import { readdir, readFile, readlink } from 'node:fs/promises'

/**
 * The program that listens on a TCP port, for example `node (process 4711)`: on Linux, and only where this user may
 * look at it.
 */
export async function findHolder(port: number): Promise<string | undefined> {
  if (process.platform !== 'linux') return undefined
  const inodes = (await Promise.all(['tcp', 'tcp6'].map((table) => listening(table, port)))).flat()
  if (inodes.length === 0) return undefined
  const sockets = new Set(inodes.map((inode) => `socket:[${inode}]`))
  for (const pid of await readdir('/proc').catch(() => [])) {
    if (/^\d+$/.test(pid) && (await holdsAny(pid, sockets))) {
      const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => 'a program')
      return `${name.trim()} (process ${pid})`
    }
  }
  return undefined
}

/** Socket inodes of one table that are in state LISTEN (0A) on this port. */
async function listening(table: string, port: number): Promise<string[]> {
  const text = await readFile(`/proc/net/${table}`, 'utf8').catch(() => '')
  const end = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const rows = text.split('\n').map((line) => line.trim().split(/\s+/))
  return rows.flatMap((row) => (row[1]?.endsWith(end) && row[3] === '0A' && row[9] ? [row[9]] : []))
}

async function holdsAny(pid: string, sockets: ReadonlySet<string>): Promise<boolean> {
  const folder = `/proc/${pid}/fd`
  const descriptors = await readdir(folder).catch(() => [])
  const target = (descriptor: string) => readlink(`${folder}/${descriptor}`).catch(() => '')
  const targets = await Promise.all(descriptors.map(target))
  return targets.some((one) => sockets.has(one))
}
