/** The library, imported once and only when somebody wants to practise. */
let library: Promise<typeof import('oidc-provider')> | undefined

export function loadLibrary(): Promise<typeof import('oidc-provider')> {
  library ??= importQuietly()
  return library
}

/**
 * On a Node.js release that it does not test with, the library warns at import through `console.warn`, which it offers
 * no way to turn off. That one line is dropped, and everything else that is printed meanwhile goes through.
 */
async function importQuietly() {
  const { warn } = console
  console.warn = (...parts: unknown[]) => {
    if (!String(parts[0]).includes('oidc-provider WARNING: Unsupported runtime')) warn.apply(console, parts)
  }
  try {
    return await import('oidc-provider')
  } finally {
    console.warn = warn
  }
}
