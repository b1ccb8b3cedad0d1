import type { Parameter } from '../events.ts'
import { presets, presetsByKind } from '../providers/index.ts'
import type { Confidence, Fact, Preset } from '../providers/preset.ts'
import { displayWidth, padEnd, spread, wrap } from '../render/layout.ts'
import { paragraph, type Pen } from '../render/pen.ts'

/** What the confidence of a group of facts means to whoever relies on it. */
export const CONFIDENCE: Readonly<Record<Confidence, string>> = {
  documented: 'documented',
  partly: 'partly documented',
  assumed: 'not documented, commonly known',
}

const LABEL = 10

/** All of them, a line each. */
export function providerList(pen: Pen): string {
  const id = Math.max(...presets.map((preset) => preset.id.length))
  const name = Math.max(...presets.map((preset) => displayWidth(preset.name)))
  const groups = Object.entries(presetsByKind).flatMap(([kind, group]) => [
    '',
    ` ${pen.bold(kind)}`,
    ...group.toSorted((a, b) => a.id.localeCompare(b.id)).flatMap((preset) => {
      const start = `   ${preset.id.padEnd(id)}  ${padEnd(preset.name, name)}  `
      const [first = '', ...more] = wrap(pen.prose(preset.says), pen.width - start.length)
      return [start + pen.dim(first), ...more.map((line) => ' '.repeat(start.length) + pen.dim(line))]
    }),
  ])
  return lines([...groups, '', ...wrap('authwalk providers <id> tells about one; authwalk --provider <id> walks there.', pen.measure - 2).map((line) => ` ${line}`)])
}

/** Everything that is known about one, group by group, with what it rests on. */
export function providerSheet(preset: Preset, pen: Pen): string {
  const { server, redirect, console, authentication, pkce, refresh } = preset
  const group = groupOn(preset, pen)
  return lines([
    '',
    ` ${pen.bold(preset.name)}`,
    ...paragraph(preset.says, pen),
    ...group('Server', 'server', [
      ['Issuer', server.issuer ?? (server.endpoints || server.metadata ? '' : 'the one that its operator has configured')],
      ['Metadata', server.metadata ?? ''],
      ['Endpoints', server.endpoints ? `${server.endpoints.authorization}\n${server.endpoints.token}` : ''],
      ['Resource', preset.resource ?? ''],
      ...preset.asks.map(({ name, says, usual }): Row => [`{${name}}`, `${says}${usual === undefined ? '' : ` (${usual} where nobody says otherwise)`}`]),
    ]),
    ...group('Redirect URI', 'redirect', [
      ['Register', redirect.register?.replace('{port}', '8765') ?? 'nothing on this machine is accepted'],
      ['http on', Object.entries(redirect.accepts).map(([host, answer]) => `${host} ${answer}`).join(', ')],
      ['Port', { exact: 'compared', any: 'any, on loopback', unknown: 'unknown' }[redirect.port]],
      ['', redirect.says],
    ]),
    ...group('In its console', 'console', [['Address', console.url ?? ''], ['Path', console.path], ['Field', console.field]]),
    ...group('Client authentication', 'authentication', [['Methods', authentication.methods.join(', ')], ['', authentication.says ?? '']]),
    ...group('PKCE', 'pkce', [['Sent', pkce.method], ['', pkce.says]]),
    '',
    ` ${pen.bold('Authorization request')}`,
    ...rows([['Scope', preset.scope === '' ? 'none' : preset.scope], ['Parameters', pairs(preset.parameters)], ['ID Token', preset.idTokenAlg ?? '']], pen),
    ...group('Refresh token', 'refresh', [['Scope', refresh.scope ?? ''], ['Parameters', pairs(refresh.parameters)], ['', refresh.says]]),
    ...(preset.oddities.length > 0 ? group('What surprises', 'oddities', preset.oddities.map((says) => [pen.glyph.dot, says])) : []),
    ...(preset.uncertain.length > 0 ? ['', ` ${pen.bold('Not known')}`, ...rows([['', preset.uncertain.join('; ')]], pen)] : []),
    '',
    ` ${pen.bold('Sources')}`,
    ...rows(preset.sources.map((source) => [pen.glyph.dot, source]), pen),
    '',
    ...wrap(commandFor(preset), pen.measure - 2).map((line) => ` ${line}`),
  ])
}

function commandFor({ id, asks, server }: Preset): string {
  const issuer = Object.keys(server).length === 0 ? ' <issuer>' : ''
  const needed = asks.filter(({ usual }) => usual === undefined).map(({ name, example }) => ` --${name} ${example}`)
  return `authwalk${issuer} --provider ${id}${needed.join('')}`
}

type Row = readonly [label: string, text: string]

function groupOn({ confidence }: Preset, pen: Pen) {
  return (title: string, fact: Fact, content: readonly Row[]): string[] => {
    const rests = CONFIDENCE[confidence[fact]]
    const line = spread(` ${title}`, rests, pen.measure) ?? ` ${title}`
    return ['', line.replace(title, pen.bold(title)).replace(rests, pen.dim(rests)), ...rows(content, pen)]
  }
}

/** Rows without a text are left out. A label of one character is a bullet. */
function rows(content: readonly Row[], pen: Pen): string[] {
  return content.filter(([, text]) => text !== '').flatMap(([label, text]) => {
    const width = label.length > 1 ? LABEL : label.length
    const start = (index: number) => (label === '' ? '   ' : `   ${(index === 0 ? label : '').padEnd(width)}  `)
    return text.split('\n').flatMap((line) => wrap(pen.prose(line), pen.measure - width - 5)).map((line, index) => start(index) + line)
  })
}

function pairs(parameters: readonly Parameter[] = []): string {
  return parameters.map(({ name, value }) => `${name}=${value}`).join('\n')
}

function lines(all: readonly string[]): string {
  return `${all.join('\n')}\n\n`
}
