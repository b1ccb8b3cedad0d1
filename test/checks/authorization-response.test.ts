import { authorizationResponseChecks, type AuthorizationResponseInput } from '../../src/checks/authorization-response.ts'
import { proveTable, type Row } from './table.ts'

const GOOD = 'code=the-code&state=the-state&iss=https://as.example'

function row(says: string, expected: string[], query: string, input: Partial<AuthorizationResponseInput> = {}): Row<AuthorizationResponseInput> {
  const parameters = [...new URLSearchParams(query)].map(([name, value]) => ({ name, value }))
  return [says, expected, { parameters, state: 'the-state', issuer: 'https://as.example', issAdvertised: true, ...input }]
}

proveTable('authorization-response', authorizationResponseChecks, [
  row('the plain case', [], GOOD),
  row('an unknown parameter', [], `${GOOD}&authuser=0&hd=x&hd=y`),
  row('two codes', ['authorization-response-duplicate'], `${GOOD}&code=B`),
  row('state twice, one of them right', ['authorization-response-duplicate', 'authorization-response-state'], `${GOOD}&state=other`),
  row('state twice, both right', ['authorization-response-duplicate'], `${GOOD}&state=the-state`),
  row('another state', ['authorization-response-state'], GOOD.replace('the-state', 'the-statf')),
  row('state in another case', ['authorization-response-state'], GOOD.replace('the-state', 'The-State')),
  row('state as state[]', ['authorization-response-state'], GOOD.replace('state=', 'state[]=')),
  row('iss missing though promised', ['authorization-response-iss-missing'], 'code=c&state=the-state'),
  row('iss missing, not promised', [], 'code=c&state=the-state', { issAdvertised: false }),
  row('iss of another server', ['authorization-response-iss'], GOOD.replace('as.example', 'evil.example')),
  row('iss with a slash', ['authorization-response-iss'], `${GOOD}/`),
  row('iss of another server, not promised', ['authorization-response-iss'], GOOD.replace('as.example', 'evil.example'), { issAdvertised: false }),
  row('an access token', ['authorization-response-flow'], `${GOOD}&access_token=x`),
  row('an ID Token', ['authorization-response-flow'], `${GOOD}&id_token=x`),
  row('a response in a JWT', ['authorization-response-jarm'], `${GOOD}&response=x`),
  row('an error', [], 'error=access_denied&error_description=No&state=the-state&iss=https://as.example'),
  row('an error text with ESC', ['authorization-response-error-charset'], 'error=x&error_description=%1b[2J&state=the-state&iss=https://as.example'),
  row('an empty code', ['authorization-response-code-syntax'], GOOD.replace('the-code', '')),
  row('a code with NUL', ['authorization-response-code-syntax'], GOOD.replace('the-code', '%00')),
  row('a code of 32 KiB', [], GOOD.replace('the-code', 'x'.repeat(32 * 1024))),
  row('a code of more than 32 KiB', ['authorization-response-code-syntax'], GOOD.replace('the-code', 'x'.repeat(32 * 1024 + 1))),
  row('a code that ends in NUL', ['authorization-response-code-syntax'], GOOD.replace('the-code', 'a%00')),
  row('a code that begins with NUL', ['authorization-response-code-syntax'], GOOD.replace('the-code', '%00a')),
  row('iss twice', ['authorization-response-duplicate'], `${GOOD}&iss=https://as.example`),
  row('session_state twice', ['authorization-response-duplicate'], `${GOOD}&session_state=a&session_state=a`),
  row('everything about an error twice', ['authorization-response-duplicate'], 'error=a&error=a&error_description=b&error_description=b&error_uri=c&error_uri=c&state=the-state&iss=https://as.example'),
  row('iss, and no issuer to compare with', [], GOOD, { issuer: undefined as never }),
  row('two tokens', ['authorization-response-flow'], `${GOOD}&id_token=x&token=y`),
  row('an error code with a quotation mark', ['authorization-response-error-charset'], 'error=a"b&state=the-state&iss=https://as.example'),
  row('neither code nor error', ['authorization-response-code-syntax'], 'state=the-state&iss=https://as.example'),
  row('code[] instead of code', ['authorization-response-code-syntax'], GOOD.replace('code=', 'code[]=')),
])
