import { type Lie, replace } from './lie.ts'

export const authorizationResponseLies: readonly Lie[] = [
  {
    id: 'authorization-response-duplicate',
    says: 'The authorization response carries two codes.',
    in: 'authorization-response',
    change: (parameters) => [...parameters, { name: 'code', value: 'a-second-code' }],
  },
  {
    id: 'authorization-response-state',
    says: 'The authorization response has another state.',
    in: 'authorization-response',
    change: replace('state', () => 'the-state-of-another-walk'),
  },
  {
    id: 'authorization-response-iss-missing',
    says: 'The authorization response does not name its issuer, although the metadata promises it.',
    in: 'authorization-response',
    change: (parameters) => parameters.filter(({ name }) => name !== 'iss'),
  },
  {
    id: 'authorization-response-iss',
    says: 'The authorization response names another issuer.',
    in: 'authorization-response',
    change: replace('iss', () => 'https://somebody-else.example'),
  },
  {
    id: 'authorization-response-flow',
    says: 'A token comes through the browser.',
    in: 'authorization-response',
    change: (parameters) => [...parameters, { name: 'access_token', value: 'a-token-in-the-address-bar' }],
  },
  {
    id: 'authorization-response-jarm',
    says: 'The authorization response brings a JWT that nobody asked for.',
    in: 'authorization-response',
    change: (parameters) => [...parameters, { name: 'response', value: 'eyJhbGciOiJub25lIn0.e30.' }],
  },
  {
    id: 'authorization-response-error-charset',
    says: 'The error text has control characters in it.',
    asks: { prompt: 'none' },
    in: 'authorization-response',
    change: replace('error_description', (text) => `\u001b[2J${text}`),
  },
  {
    id: 'authorization-response-code-syntax',
    says: 'The code has a line break in it.',
    in: 'authorization-response',
    change: replace('code', (code) => `${code}\n`),
  },
]
