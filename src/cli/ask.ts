import { WalkError } from '../errors.ts'
import { presets } from '../providers/index.ts'
import { profileNames } from './profile.ts'
import { withProfile } from './profile-use.ts'
import { proseLines } from './prose.ts'
import { valueOf } from './provider.ts'
import { type Questions, questionsOn } from './questions.ts'
import type { Ask, Given } from './settings.ts'
import { endpoint, issuerOrMetadata, nonEmpty } from './values.ts'
import type { World } from './world.ts'

/**
 * First contact on a terminal. The redirect URI comes before every question: whoever has to register it at a server
 * must know it before anything is typed.
 * @param redirectUri undefined where the preset of a provider will say what to register
 */
export function askOn(world: World, redirectUri: string | undefined): Ask {
  const questions = questionsOn(world)
  world.stdout.write(greeting(questions, redirectUri))
  return {
    tell: (note) => void world.stdout.write(`${proseLines(note, questions.pen).join('\n')}\n\n`),
    where: (given) => where(questions, given, world.env),
    issuer: async ({ name }) => await questions.text(`Issuer of this ${name}:`, { check: issuerOrMetadata }),
    variable: (preset, variable) => {
      const check = (text: string) => valueOf(variable, text)
      return questions.text(`${variable.name} (${variable.says}):`, { check })
    },
    clientId: () => questions.text('client_id:', { check: nonEmpty('client_id', 'a value that is not empty', '') }),
    clientSecret: () => questions.masked('client_secret (leave it empty for a public client):'),
  }
}

function greeting({ pen }: Questions, redirectUri: string | undefined): string {
  const register = redirectUri === undefined ? [] : [
    ...proseLines('This redirect URI has to be registered at the server, letter by letter:', pen),
    ` ${pen.bold(pen.text(redirectUri))}`,
    ' (The practice provider knows it already.)',
    '',
  ]
  return ['', ` ${pen.bold('authwalk')} ${pen.glyph.dot} the Authorization Code Flow, one step at a time`, '', ...register, ''].join('\n')
}

async function where(questions: Questions, given: Given, env: NodeJS.ProcessEnv): ReturnType<Ask['where']> {
  const saved = given.flags.saveProfile === undefined ? await savedProfiles(env) : []
  const chosen = await questions.select('Where do you want to walk?', [
    { value: 'practice', name: 'Practice provider', says: 'on this machine, no account, no network' },
    { value: 'issuer', name: 'An issuer', says: 'https://accounts.example.com and the like' },
    { value: 'provider', name: 'A known provider', says: `Google, Entra, Auth0, Okta, Keycloak, GitHub … ${presets.length}` },
    { value: 'endpoints', name: 'A pair of endpoints', says: 'OAuth 2.0 without metadata' },
    ...(saved.length > 0 ? [{ value: 'profile', name: 'A saved profile', says: saved.join(', ') } as const] : []),
  ])
  if (chosen === 'practice') return 'practice'
  if (chosen === 'provider') return { provider: await questions.select('Which one?', KNOWN) }
  if (chosen === 'profile') {
    const profile = await questions.select('Which one?', saved.map((name) => ({ value: name, name })))
    return { instead: await withProfile({ ...given, flags: { ...given.flags, profile } }, env) }
  }
  if (chosen === 'issuer') {
    const text = await questions.text('Issuer, or metadata URL:', { check: issuerOrMetadata })
    return { ...issuerOrMetadata(text), endpoints: {} }
  }
  const authorization = await questions.text('Authorization endpoint:', { check: endpoint('authorization_endpoint') })
  const token = await questions.text('Token endpoint:', { check: endpoint('token_endpoint') })
  return { endpoints: { authorization, token } }
}

/** A folder that can't be relied on is no reason not to ask: whoever names a profile is told. */
async function savedProfiles(env: NodeJS.ProcessEnv): Promise<string[]> {
  try {
    return await profileNames(env)
  } catch (error) {
    if (error instanceof WalkError) return []
    throw error
  }
}

const KNOWN = presets
  .map(({ id, name, says }) => ({ value: id, name, says }))
  .toSorted((a, b) => a.name.localeCompare(b.name))
