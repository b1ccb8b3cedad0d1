import { encodedSecret, promptNone, secretIdPasted } from '../evidence.ts'
import type { Cause, Rule } from '../rule.ts'
import { messagesOf } from './own.ts'

const own = messagesOf('entra')

const commonTenant: Cause = {
  says: 'the issuer is the one that all tenants share',
  seen: ({ settings }) => {
    const issuer = settings?.server.issuer ?? settings?.server.metadataUrl ?? ''
    return /\/(common|organizations)\//.test(issuer) ? { evidence: `it is ${issuer}` } : undefined
  },
}

/** Microsoft Entra numbers its messages: AADSTS and digits, in error_description and on its pages. */
export const entraRules: readonly Rule[] = [
  own('authorization', 'redirect_uri', 'AADSTS50011', {
    means: 'The redirect_uri is none of the reply URLs of this application.',
    causes: ['it was never added, or differs by case, path or port', 'it was added to the platform for single-page or mobile apps, not to Web', 'http://127.0.0.1 was meant, and the portal took localhost alone'],
    fix: 'Add it under Authentication, Web. The form refuses http://127.0.0.1, the manifest takes it.',
  }),
  own('token', 'client', 'AADSTS7000215', {
    means: 'The client secret is not one of this application.',
    causes: [secretIdPasted, encodedSecret, 'it is the secret of another application', 'it was cut off when it was copied'],
    fix: 'Make a new secret under Certificates & secrets, and copy its Value at once: it is shown a single time.',
  }),
  own('token', 'client', 'AADSTS7000222', {
    means: 'The client secret has expired.',
    causes: ['every secret has an end date, two years away at most'],
    fix: 'Make a new secret under Certificates & secrets.',
  }),
  own('token', 'client', 'AADSTS7000218', {
    means: 'The application is a confidential client, and no secret came.',
    causes: ['the walk was made without a secret', 'public client flows were meant to be switched on'],
    fix: 'Give the secret: AUTHWALK_CLIENT_SECRET.',
  }),
  own('token', 'client', 'AADSTS700025', {
    means: 'The application counts as a public client, which must not send a secret.',
    causes: ['the redirect_uri stands under the platform for mobile or single-page apps'],
    fix: 'Move the redirect_uri to the platform Web.',
  }),
  own('authorization', 'client', 'AADSTS700016', {
    means: 'There is no application with this client_id in the tenant that was asked.',
    causes: ['the tenant in the issuer is not the one of the application', 'client_id is misspelt, or is the object id', 'nobody has agreed to the application in this tenant'],
    fix: 'Copy the Application (client) ID, and take the Directory (tenant) ID of the same page for the issuer.',
  }),
  own('authorization', 'client', 'AADSTS90002', {
    means: 'There is no such tenant.',
    causes: ['the tenant in the issuer is misspelt', 'it is in another cloud: public, US government, China'],
    fix: 'Copy the Directory (tenant) ID from the overview page.',
  }),
  own('authorization', 'client', 'AADSTS50194', {
    means: 'The application belongs to one tenant, and the endpoint of all tenants was asked.',
    causes: [commonTenant],
    fix: 'Walk with https://login.microsoftonline.com/<tenant id>/v2.0 as the issuer.',
  }),
  own('token', 'request', 'AADSTS900561', {
    means: 'The token endpoint takes POST alone, and a GET arrived.',
    causes: ['a proxy on the way answered with a redirect, which turns a POST into a GET'],
    fix: 'Look which proxy stands between here and the server.',
  }),
  own('token', 'request', 'AADSTS900144', {
    means: 'A parameter that the description names is missing from the body.',
    causes: ['it was taken out by hand', 'the body did not arrive as a form'],
    fix: 'Send the parameter that it names.',
  }),
  own('token', 'code', 'AADSTS9002313', {
    means: 'The request is malformed: the code is none, or the body can’t be read.',
    causes: ['the code was cut off or encoded twice', 'a made-up code was sent, as doctor does'],
    fix: 'Redeem a fresh code, as it came.',
  }),
  own('token', 'code', 'AADSTS54005', {
    means: 'The code was redeemed before.',
    causes: ['it was sent a second time: it works once'],
    fix: 'Walk again: each walk gets its own code.',
  }),
  own('token', 'code', 'AADSTS70008', {
    means: 'The code, or the refresh token, has expired or was revoked.',
    causes: ['too much time passed between steps 4 and 5', 'the refresh token was not used for long'],
    fix: 'Walk again, without a pause.',
  }),
  own('token', 'token', 'AADSTS700082', {
    means: 'The refresh token has expired because nobody used it.',
    causes: ['90 days without use, as a rule'],
    fix: 'Walk again.',
  }),
  own('token', 'token', 'AADSTS700084', {
    means: 'The refresh token was issued to a single-page app and has reached its fixed age, 24 hours.',
    causes: ['the redirect_uri stands under the platform for single-page apps'],
    fix: 'Move the redirect_uri to the platform Web.',
  }),
  own('token', 'code', 'AADSTS70000', {
    means: 'The code or the refresh token is not one that can be used here.',
    causes: ['it belongs to another client or another redirect_uri', 'it was cut off'],
    fix: 'Walk again, with nothing changed between steps 1 and 5.',
  }),
  own('token', 'code', 'AADSTS700005', {
    means: 'The code was issued at the endpoint of one tenant, and redeemed at that of another.',
    causes: [commonTenant, 'one of the two endpoints was named by hand'],
    fix: 'Take both endpoints from one issuer.',
  }),
  own('token', 'pkce', 'AADSTS501481', {
    means: 'code_verifier does not belong to the code_challenge of the authorization request.',
    causes: ['one of the two was changed by hand', 'the verifier is that of another walk'],
    fix: 'Walk again, with both values as they are made.',
  }),
  own('authorization', 'pkce', 'AADSTS50147', {
    means: 'code_challenge has the wrong length.',
    causes: ['it was changed by hand: S256 always gives 43 characters'],
    fix: 'Leave code_challenge as it is made.',
  }),
  own('authorization', 'session', 'AADSTS65001', {
    means: 'Nobody has agreed to what this client asks for.',
    causes: [promptNone, 'a scope was added since the last consent'],
    fix: 'Walk with --prompt consent, or let an administrator agree.',
  }),
  own('authorization', 'person', 'AADSTS65004', {
    means: 'The person refused the consent.',
    causes: ['Cancel was pressed'],
    fix: 'Walk again and agree.',
  }),
  own('authorization', 'person', 'AADSTS90094', {
    means: 'An administrator has to agree to these scopes.',
    causes: ['a scope is kept for administrators', 'the tenant lets no user agree for themselves'],
    fix: 'Ask an administrator, or walk with --scope openid.',
  }),
  own('authorization', 'person', 'AADSTS50105', {
    means: 'This person has not been assigned to the application.',
    causes: ['the application demands an assignment'],
    fix: 'Assign the person or a group, under Users and groups of the enterprise application.',
  }),
  own('authorization', 'person', 'AADSTS50020', {
    means: 'The account comes from elsewhere and does not exist in this tenant.',
    causes: ['a personal account at a tenant for work or school', 'the browser was still logged in as somebody else'],
    fix: 'Walk with --prompt select_account, or invite the account as a guest.',
  }),
  own('authorization', 'session', 'AADSTS50058', {
    means: 'Nobody is logged in, and the server was told to ask nothing.',
    causes: [promptNone],
    fix: 'Walk without prompt=none.',
  }),
  own('authorization', 'session', 'AADSTS50076', {
    means: 'A second factor is needed.',
    causes: [promptNone, 'a rule of conditional access asks for it'],
    fix: 'Walk without prompt=none, and use the second factor.',
  }),
  own('authorization', 'person', 'AADSTS53003', {
    means: 'A rule of conditional access forbids this login.',
    causes: ['device, place or network do not fulfil the rule'],
    fix: 'Show the sign-in log to an administrator: it names the rule.',
  }),
  own('authorization', 'scope', 'AADSTS70011', {
    means: 'A scope is not valid.',
    causes: ['it is misspelt', 'scopes of two APIs stand in one request: a token is for one of them'],
    fix: 'Walk with --scope "openid profile", then add one scope at a time.',
  }),
  own('authorization', 'scope', 'AADSTS650057', {
    means: 'The API that the scope belongs to is not listed in the application’s permissions.',
    causes: ['the permission was never added'],
    fix: 'Add it under API permissions.',
  }),
  own('authorization', 'scope', 'AADSTS500011', {
    means: 'The API that the scope names does not exist in this tenant.',
    causes: ['what stands before the last slash of the scope is misspelt', 'the API is not installed in this tenant'],
    fix: 'Copy the Application ID URI of the API.',
  }),
  own('authorization', 'flow', 'AADSTS700054', {
    means: 'response_type asks for an ID Token in the redirect, which is switched off.',
    causes: ['another response_type than code was given by hand'],
    fix: 'Leave out --param response_type.',
  }),
  own('authorization', 'redirect_uri', 'AADSTS900971', {
    means: 'No redirect_uri came, and none is registered.',
    causes: ['it was taken out by hand'],
    fix: 'Register a redirect_uri, and send it.',
  }),
  own('authorization', 'server', 'AADSTS50196', {
    means: 'The same request came too often in a short time.',
    causes: ['something restarts the login on every error'],
    fix: 'Find what loops, and wait a few minutes.',
  }),
  own('token', 'request', 'AADSTS901002', {
    means: 'This version of the endpoint does not know the parameter resource.',
    causes: ['resource belongs to version 1, and this is version 2'],
    fix: 'Name the API in the scope: --scope "openid <api>/.default".',
  }),
]
