/** What people ask, with an answer that fits on a few lines. */
export interface Question {
  /** The words under which it is found. */
  about: readonly string[]
  asks: string
  answer: string
  read: readonly string[]
}

export const questions: readonly Question[] = [
  {
    about: ['code', 'access_token', 'implicit'],
    asks: 'Why a code first, and not the token at once?',
    answer: 'The way through the browser can be read: history, logs, extensions. A code that was read there is worth little, since it works once, for about a minute, and only together with the secret and the verifier.',
    read: ['RFC 6749 1.3.1', 'RFC 9700 2.1.2'],
  },
  {
    about: ['code', 'front channel'],
    asks: 'Why does the server not send the token straight to the client?',
    answer: 'It could not say to which of the client’s visitors it belongs. The redirect through the same browser is what ties person, session and answer together.',
    read: ['RFC 6749 4.1', 'RFC 6749 10.12'],
  },
  {
    about: ['front channel', 'back channel'],
    asks: 'What are front channel and back channel?',
    answer: 'Front channel: messages that the browser carries, where they can be seen and changed. Back channel: client and server alone, over TLS. Secrets and tokens belong there.',
    read: ['RFC 6749 3.1', 'RFC 6749 3.2'],
  },
  {
    about: ['state', 'nonce', 'pkce', 'code_verifier', 'code_challenge'],
    asks: 'What is the difference between state, nonce and PKCE?',
    answer: 'With state the client sees that the response belongs to its own request. With nonce it sees that the ID Token belongs to this login. With PKCE the server sees that whoever redeems the code is who asked for it.',
    read: ['RFC 6749 10.12', 'OpenID Connect Core 15.5.2', 'RFC 7636 1'],
  },
  {
    about: ['state', 'pkce'],
    asks: 'May state be dropped where PKCE is used?',
    answer: 'Yes, if it is certain that the server enforces PKCE. From outside nobody can see that, and state finds a stray response one step earlier. Keep both.',
    read: ['RFC 9700 2.1', 'RFC 9700 4.7'],
  },
  {
    about: ['pkce', 'client_secret', 'code_verifier', 'code_challenge'],
    asks: 'The client has a secret. Why PKCE as well?',
    answer: 'The secret proves the client, not the login. A stolen code can be slipped into the honest client, which redeems it with its own good secret. Its verifier would not fit.',
    read: ['RFC 9700 2.1.1', 'RFC 9700 4.5'],
  },
  {
    about: ['pkce', 'client_secret', 'public client'],
    asks: 'Does PKCE replace the secret?',
    answer: 'No. It says that two requests come from the same place, and not whose place that is. A confidential client uses both.',
    read: ['RFC 7636 1', 'RFC 9700 2.5'],
  },
  {
    about: ['client_secret', 'client authentication'],
    asks: 'What is the client secret for?',
    answer: 'Only the registered client can redeem codes and refresh tokens, so that whoever steals one of those alone has nothing.',
    read: ['RFC 6749 2.3', 'RFC 6749 10.1'],
  },
  {
    about: ['public client', 'confidential client', 'client_secret'],
    asks: 'Is a program on my machine a confidential client?',
    answer: 'As long as the secret is yours and stays with you, as here. A program that is given to others can’t keep one secret for all of them: it is a public client, with PKCE.',
    read: ['RFC 6749 2.1', 'RFC 8252 8.5'],
  },
  {
    about: ['id_token', 'access_token'],
    asks: 'How do ID Token and access token differ?',
    answer: 'The ID Token tells the client who logged in. The access token is a key for a resource, and to the client it is opaque.',
    read: ['OpenID Connect Core 2', 'RFC 6749 1.4'],
  },
  {
    about: ['id_token', 'aud', 'access_token'],
    asks: 'May the ID Token be sent to an API?',
    answer: 'No. It is written for the client, says nothing of what may be done, and would let everybody who holds one act as that person. Ask for an access token for the API.',
    read: ['OpenID Connect Core 3.1.3.7', 'RFC 9068 4'],
  },
  {
    about: ['access_token', 'jwt'],
    asks: 'May the client read what is inside an access token?',
    answer: 'Nobody stops it, and nothing promises that it is still there tomorrow. The content is a matter between the server and the API.',
    read: ['RFC 6749 1.4', 'RFC 9068 6'],
  },
  {
    about: ['signature', 'jwks_uri', 'id_token', 'tls'],
    asks: 'Why verify a signature when the token came over TLS?',
    answer: 'For an ID Token straight from the token endpoint, TLS may stand in for it. The other checks stay, and the signature holds where the token is passed on, kept or mixed up.',
    read: ['OpenID Connect Core 3.1.3.7 (6)'],
  },
  {
    about: ['jwks_uri', 'kid', 'signature'],
    asks: 'Where do the keys come from, and why do they change?',
    answer: 'From jwks_uri, found by kid. Servers change keys now and then, so a client keeps them for a while and fetches them once more when it meets a kid that it does not know.',
    read: ['OpenID Connect Core 10.1.1', 'RFC 7517 4.5'],
  },
  {
    about: ['access_token', 'openid', 'authentication'],
    asks: 'Is OAuth a login?',
    answer: 'No. An access token says “may”, not “who”. OpenID Connect adds the ID Token, which says who, for whom and when.',
    read: ['RFC 6749 10.16', 'OpenID Connect Core 1'],
  },
  {
    about: ['sub', 'iss', 'email'],
    asks: 'What identifies a person?',
    answer: 'iss and sub together. An e-mail address may change, may be given to somebody else, and may never have been tested.',
    read: ['OpenID Connect Core 2', 'OpenID Connect Core 5.7'],
  },
  {
    about: ['redirect_uri'],
    asks: 'Why must redirect_uri match exactly?',
    answer: 'The code goes there. Every pattern and every wildcard in its place has been turned into a theft of codes.',
    read: ['RFC 9700 2.1', 'RFC 9700 4.1'],
  },
  {
    about: ['redirect_uri', 'loopback', 'localhost'],
    asks: 'Why may redirect_uri be http on 127.0.0.1?',
    answer: 'The request does not leave the machine, and nobody issues certificates for it. Another program here could still listen: PKCE makes what it hears useless.',
    read: ['RFC 8252 7.3', 'RFC 8252 8.3'],
  },
  {
    about: ['redirect_uri', 'localhost', 'loopback'],
    asks: '127.0.0.1 or localhost?',
    answer: 'The address, where the provider takes it: the name may lead to ::1 or, with a changed hosts file, elsewhere. Servers compare text, so the two are never the same. authwalk providers says who takes which.',
    read: ['RFC 8252 8.3'],
  },
  {
    about: ['redirect_uri', 'token request'],
    asks: 'Why is redirect_uri sent a second time, in the token request?',
    answer: 'So that the server sees that the code was delivered where whoever redeems it wanted it. It ends the trick of luring a code to another registered address.',
    read: ['RFC 6749 4.1.3', 'RFC 6749 10.6'],
  },
  {
    about: ['code', 'invalid_grant'],
    asks: 'Why did the code work once and never again?',
    answer: 'A code is for one use. A second use looks like theft, so the server refuses it and may take back what the first use got.',
    read: ['RFC 6749 4.1.2', 'RFC 6749 10.5'],
  },
  {
    about: ['code', 'invalid_grant'],
    asks: 'How long does a code live?',
    answer: 'Ten minutes at the most, by recommendation. Many servers give one minute, some half of it.',
    read: ['RFC 6749 4.1.2'],
  },
  {
    about: ['client_secret_basic', 'client_secret_post', 'client_secret_basic_raw', 'client authentication', 'invalid_client'],
    asks: 'The secret in the header or in the body?',
    answer: 'In the header (Basic), which every server must take. The body is allowed and not recommended. One way alone, and the one that the client is registered for. Before base64 both parts are form-encoded; servers that do not decode them want client_secret_basic_raw.',
    read: ['RFC 6749 2.3.1'],
  },
  {
    about: ['prompt', 'login_required'],
    asks: 'What is prompt=none good for?',
    answer: 'It asks whether somebody is logged in, without showing anything. The answer login_required is good news for whoever looks for a fault: client_id and redirect_uri are right.',
    read: ['OpenID Connect Core 3.1.2.1', 'OpenID Connect Core 3.1.2.6'],
  },
  {
    about: ['refresh_token', 'offline_access', 'access_type'],
    asks: 'Why is there no refresh token?',
    answer: 'It has to be asked for, and each provider has its own word: offline_access, access_type=offline, a switch in the console. authwalk providers says which.',
    read: ['OpenID Connect Core 11', 'RFC 6749 1.5'],
  },
  {
    about: ['refresh_token'],
    asks: 'Why does a refresh token change with every use?',
    answer: 'If the old one turns up again, two parties hold it, and one of them is a thief. The server then ends them all.',
    read: ['RFC 9700 4.14'],
  },
  {
    about: ['revocation_endpoint', 'access_token'],
    asks: 'The access token was revoked. Why does the API still say yes?',
    answer: 'It reads the token and does not ask the server. Such a token is good until it expires, so it should live briefly.',
    read: ['RFC 7009 3', 'RFC 7662 2'],
  },
  {
    about: ['end_session_endpoint', 'logout'],
    asks: 'What does logging out end?',
    answer: 'There are three things: the session with the client, the session with the server, and the tokens. Leaving the client ends the first alone.',
    read: ['OpenID Connect RP-Initiated Logout 1.0 2', 'RFC 7009'],
  },
  {
    about: ['iss', 'mix-up'],
    asks: 'Why does the authorization response carry iss?',
    answer: 'The server names itself. A client that works with several servers then never takes a code of one to another.',
    read: ['RFC 9207 2', 'RFC 9700 4.4'],
  },
  {
    about: ['implicit', 'response_type'],
    asks: 'The implicit flow is simpler. Why not use it?',
    answer: 'It puts the access token into a URL: it leaks, nobody proves who they are, and a replay goes unnoticed.',
    read: ['RFC 9700 2.1.2'],
  },
  {
    about: ['scope', 'resource', 'audience', 'claims', 'aud'],
    asks: 'Scope, audience, Claims: what is what?',
    answer: 'Scope says what may be done. Audience or resource says at which API. Claims are statements about a person.',
    read: ['RFC 6749 3.3', 'RFC 8707 2', 'OpenID Connect Core 5.4'],
  },
  {
    about: ['scope'],
    asks: 'Why was less granted than was asked for?',
    answer: 'That is the right of the server and of the person. The response says what was granted, and a client has to live with it.',
    read: ['RFC 6749 3.3', 'RFC 6749 5.1'],
  },
  {
    about: ['nonce'],
    asks: 'Why does the client have to remember nonce?',
    answer: 'It is compared with the ID Token. If it travelled in the URL alone, an attacker would know it and could choose it.',
    read: ['OpenID Connect Core 15.5.2'],
  },
  {
    about: ['state'],
    asks: 'May state carry the page to return to?',
    answer: 'If it is protected against change and tied to the session. Otherwise whoever makes the link chooses where people end up.',
    read: ['RFC 9700 4.11', 'RFC 6749 10.12'],
  },
  {
    about: ['userinfo_endpoint', 'id_token', 'sub'],
    asks: 'UserInfo or ID Token?',
    answer: 'The same person from two sources at two times. UserInfo is fetched with the access token and is believed only if its sub is the one of the ID Token.',
    read: ['OpenID Connect Core 5.3.2'],
  },
  {
    about: ['at_hash'],
    asks: 'What is at_hash?',
    answer: 'Half a hash of the access token. It ties the two tokens of one response together.',
    read: ['OpenID Connect Core 3.1.3.6'],
  },
  {
    about: ['redirect_uri', 'nothing comes back'],
    asks: 'Why does the error page not come back to the client?',
    answer: 'Where client_id or redirect_uri is not trusted, a redirect would make the server send people to any address. So it shows the error itself, in the browser, where no client sees it. authwalk doctor asks for it.',
    read: ['RFC 6749 4.1.2.1', 'RFC 6749 10.15'],
  },
  {
    about: ['jwt', 'signature', 'id_token'],
    asks: 'The token could be decoded. Is it valid?',
    answer: 'Decoding is base64, and everybody can write some. Valid is what has the right signature, iss, aud, times and nonce.',
    read: ['RFC 7519 7.2', 'RFC 8725 3'],
  },
  {
    about: ['alg', 'signature'],
    asks: 'Is alg=none still a danger?',
    answer: 'Only to a client that lets the token choose how it is verified. This one knows beforehand which algorithm it expects.',
    read: ['RFC 8725 3.1', 'OpenID Connect Core 3.1.3.7 (7)'],
  },
  {
    about: ['dpop', 'cnf', 'access_token'],
    asks: 'What do DPoP and mTLS add?',
    answer: 'The token is bound to a key of the client, so that a stolen token alone opens nothing.',
    read: ['RFC 9449 1', 'RFC 8705 3'],
  },
]
