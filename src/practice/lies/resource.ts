import { body, headers, type Lie } from './lie.ts'

const SOMEBODY_ELSE = 'somebody-else'

export const resourceLies: readonly Lie[] = [
  {
    id: 'resource-refuses',
    says: 'The resource answers who brings no token.',
    in: 'refusal',
    change: (answer) => ({ ...answer, status: 200, headers: { 'www-authenticate': '' }, body: { notes: [] } }),
  },
  {
    id: 'resource-challenge',
    says: 'The resource refuses and does not say how to ask.',
    in: 'refusal',
    change: headers({ 'www-authenticate': '' }),
  },
  {
    id: 'userinfo-sub',
    says: 'UserInfo speaks of another person.',
    in: 'userinfo',
    change: body(() => ({ sub: SOMEBODY_ELSE })),
  },
]
