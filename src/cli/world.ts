/** The process as the program sees it. A test passes streams of its own. */
export interface World {
  stdin: NodeJS.ReadStream
  stdout: NodeJS.WriteStream
  stderr: NodeJS.WriteStream
  env: NodeJS.ProcessEnv
  /** Aborted by the first signal, with the `Cancelled` that it stands for. */
  signal: AbortSignal
  /** What SIGINT does, for the times when a terminal in raw mode swallows Ctrl+C. */
  interrupt(): void
}

/** Is somebody there who reads the screen and presses keys? */
export function isInteractive({ stdin, stdout, env }: World): boolean {
  return stdin.isTTY === true && stdout.isTTY === true && env['TERM'] !== 'dumb' && !env['CI']
}

/** A controller that aborts with the signal, and can be aborted alone. */
export function followerOf(signal: AbortSignal): AbortController {
  const controller = new AbortController()
  const follow = () => controller.abort(signal.reason)
  if (signal.aborted) follow()
  else signal.addEventListener('abort', follow, { once: true, signal: controller.signal })
  return controller
}
