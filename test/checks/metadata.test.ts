import { metadataChecks, type MetadataInput } from '../../src/checks/metadata.ts'
import type { JsonObject } from '../../src/events.ts'
import { proveTable, type Row } from './table.ts'

const GOOD: JsonObject = {
  issuer: 'https://as.example',
  authorization_endpoint: 'https://as.example/authorize',
  token_endpoint: 'https://as.example/token',
  jwks_uri: 'https://as.example/jwks',
  response_types_supported: ['code'],
  code_challenge_methods_supported: ['S256'],
  token_endpoint_auth_methods_supported: ['client_secret_basic'],
  authorization_response_iss_parameter_supported: true,
}

function row(says: string, expected: string[], changes: JsonObject, input: Partial<MetadataInput> = {}): Row<MetadataInput> {
  const document = Object.fromEntries(Object.entries({ ...GOOD, ...changes }).filter(([, value]) => value !== 'absent'))
  return [says, expected, { document, issuer: 'https://as.example', openid: true, authMethod: 'client_secret_basic', pkce: 'S256', ...input }]
}

const loopback = 'http://127.0.0.1:4455'

proveTable('metadata', metadataChecks, [
  row('the plain case', [], {}),
  row('issuer with INVALID behind it', ['metadata-issuer'], { issuer: 'https://as.exampleINVALID' }),
  row('issuer with a slash', ['metadata-issuer'], { issuer: 'https://as.example/' }),
  row('issuer with its default port', ['metadata-issuer'], { issuer: 'https://as.example:443' }),
  row('issuer in another case', ['metadata-issuer'], { issuer: 'https://AS.example' }),
  row('issuer missing', ['metadata-issuer-type', 'metadata-issuer'], { issuer: 'absent' }),
  row('issuer a number', ['metadata-issuer-type', 'metadata-issuer'], { issuer: 7 }),
  row('issuer empty', ['metadata-issuer-type', 'metadata-issuer'], { issuer: '' }),
  row('authorization_endpoint missing', ['metadata-authorization-endpoint'], { authorization_endpoint: 'absent' }),
  row('authorization_endpoint relative', ['metadata-authorization-endpoint'], { authorization_endpoint: '/authorize' }),
  row('token_endpoint a number', ['metadata-token-endpoint', 'metadata-url-origin'].slice(0, 1), { token_endpoint: 7 }),
  row('jwks_uri missing', ['metadata-jwks-uri'], { jwks_uri: 'absent' }),
  row('jwks_uri missing, and no ID Token wanted', [], { jwks_uri: 'absent' }, { openid: false }),
  row('javascript: behind a tab', ['metadata-url-scheme'], { authorization_endpoint: 'java\tscript:alert(1)' }),
  row('file:', ['metadata-url-scheme'], { authorization_endpoint: 'FILE:///etc/passwd' }),
  row('token_endpoint over http', ['metadata-url-https'], { token_endpoint: 'http://as.example/token' }),
  row('a fragment', ['metadata-url-fragment'], { authorization_endpoint: 'https://as.example/authorize#x' }),
  row('an empty fragment', ['metadata-url-fragment'], { authorization_endpoint: 'https://as.example/authorize#' }),
  row('a query', [], { authorization_endpoint: 'https://as.example/authorize?p=policy' }),
  ...['https://169.254.169.254/', 'https://127.0.0.1/', 'https://0x7f.1/', 'https://2130706433/', 'https://[::ffff:127.0.0.1]/', 'https://[::ffff:10.1.2.3]/', 'https://10.0.0.1/', 'https://192.168.1.1/', 'https://172.16.0.1/', 'https://[fd00::1]/', 'https://[fe80::1]/', 'https://[::1]/', 'https://localhost/', 'https://localhost./', 'https://app.localhost/', 'https://0.0.0.0/']
    .map((url) => row(`jwks_uri ${url} of a public issuer`, ['metadata-url-private'], { jwks_uri: url })),
  row('jwks_uri of another public host', [], { jwks_uri: 'https://keys.example.net/jwks' }),
  row('everything on this machine', [], { issuer: loopback, authorization_endpoint: `${loopback}/a`, token_endpoint: `${loopback}/t`, jwks_uri: `${loopback}/j` }, { issuer: loopback }),
  row('token_endpoint on another domain', ['metadata-url-origin'], { token_endpoint: 'https://evil.test/token' }),
  row('token_endpoint on a sister host', [], { token_endpoint: 'https://oauth2.as.example/token' }),
  row('no response_type code', ['metadata-response-types'], { response_types_supported: ['id_token'] }),
  row('another authentication method', ['metadata-auth-methods'], { token_endpoint_auth_methods_supported: ['private_key_jwt'] }),
  row('no authentication methods: basic is meant', [], { token_endpoint_auth_methods_supported: 'absent' }),
  row('no authentication methods, and post is used', ['metadata-auth-methods'], { token_endpoint_auth_methods_supported: 'absent' }, { authMethod: 'client_secret_post' }),
  row('silent about PKCE', ['metadata-pkce'], { code_challenge_methods_supported: 'absent' }),
  row('plain only', ['metadata-pkce'], { code_challenge_methods_supported: ['plain'] }),
  row('silent about PKCE, which is off', [], { code_challenge_methods_supported: 'absent' }, { pkce: 'none' }),
  row('endpoints by hand', [], { issuer: 'absent' }, { issuer: undefined as never }),
  row('the issuer inside the document', [], {}, { issuer: undefined as never }),
  row('the issuer inside the document, and a private jwks_uri', ['metadata-url-private'], { jwks_uri: 'https://10.0.0.1/' }, { issuer: undefined as never }),
  row('the issuer inside the document, and a token_endpoint elsewhere', ['metadata-url-origin'], { token_endpoint: 'https://evil.test/token' }, { issuer: undefined as never }),
  row('token_endpoint missing', ['metadata-token-endpoint'], { token_endpoint: 'absent' }),
  row('a list where a URL belongs', ['metadata-token-endpoint'], { token_endpoint: ['https://as.example/token'] }),
  row('a list where a URL may be', [], { userinfo_endpoint: ['http://as.example/userinfo'] }),
  row('response types not said', [], { response_types_supported: 'absent' }),
  row('no response type', ['metadata-response-types'], { response_types_supported: [] }),
  row('other response types', ['metadata-response-types'], { response_types_supported: ['id_token', 'token'] }),
  row('other authentication methods', ['metadata-auth-methods'], { token_endpoint_auth_methods_supported: ['private_key_jwt', 'tls_client_auth'] }),
  row('iss support not said', [], { authorization_response_iss_parameter_supported: 'absent' }),
  row('iss support as a string', ['metadata-iss-parameter'], { authorization_response_iss_parameter_supported: 'true' }),
])
