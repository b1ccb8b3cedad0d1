import { readFileSync } from 'node:fs'

/** Kilobytes of this process. On Linux maxRSS begins with that of the process which forked this one; VmHWM does not. */
export function peak() {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1])
  } catch {
    return process.resourceUsage().maxRSS
  }
}
