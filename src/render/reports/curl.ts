import { toCurl } from '../curl.ts'
import { escapeToAscii } from '../escape.ts'
import { factsOf } from '../story/facts.ts'
import type { Report } from './report.ts'

const HEAD = `# The back channel of one walk, for a POSIX shell. The client secret comes from AUTHWALK_CLIENT_SECRET.
# What stands in square brackets was taken out when the walk was saved.
`

/** The requests of the client as commands. The front channel needs a browser and a person. */
export const curl: Report = {
  format: 'curl',
  extension: 'sh',
  render(transcript) {
    const { clientId = '' } = factsOf(transcript)
    const requests = transcript.events.filter((event) => event.type === 'request')
    const commands = requests.map((request) => `\n# ${escapeToAscii(request.name)}\n${toCurl(request, clientId)}\n`)
    return HEAD + commands.join('')
  },
}
