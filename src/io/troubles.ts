/** One group of faults between here and the server, told apart by the code of Node, OpenSSL or undici. */
export interface Trouble {
  codes: readonly string[]
  /** Follows `host:port`. */
  happened: string
  means: string
  tries: readonly string[]
  read: readonly string[]
  /** The server may have got the request, and acted on it. */
  mayHaveArrived?: true
  /** A network that only lets a proxy out looks like this. */
  proxy?: true
  /** A proxy that takes TLS apart looks like this. */
  interception?: true
}

const HTTP = ['RFC 9110 4.3']
const CERTIFICATE = ['RFC 9110 4.3.4']
const INCOMPLETE = ['RFC 9112 8', 'RFC 9110 9.2.2']
/** TLS is a MUST for endpoints that secrets go to. */
const TLS = ['RFC 6749 1.6', 'RFC 9700 2.6']

export const deadline: Trouble = {
  codes: [],
  happened: 'gave no whole answer in time',
  means: 'The request has a deadline as a whole, so that a server that answers drop by drop can’t hold the walk.',
  tries: ['Walk again: servers that have slept need a moment.', 'Give it longer with --timeout.'],
  read: INCOMPLETE,
  mayHaveArrived: true,
  proxy: true,
}

export const otherTrouble: Trouble = {
  codes: [],
  happened: 'could not be asked',
  means: 'The connection failed in a way that has no name here.',
  tries: ['Look whether another program on this machine, such as a browser, can reach the server.'],
  read: HTTP,
  mayHaveArrived: true,
  proxy: true,
}

export const otherTlsTrouble: Trouble = {
  codes: [],
  happened: 'did not come to terms about TLS',
  means: 'The handshake failed before anything secret was sent.',
  tries: ['Look whether the port is right and whether the server’s TLS settings are of this decade.'],
  read: TLS,
}

export const troubles: readonly Trouble[] = [
  {
    codes: ['ENOTFOUND', 'EAI_NODATA', 'EAI_NONAME'],
    happened: 'has no address',
    means: 'DNS does not know this host name, so nothing was sent.',
    tries: ['Look for a typo in the host name.', 'If the name exists inside a company network alone, join that network first.'],
    read: HTTP,
    proxy: true,
  },
  {
    codes: ['EAI_AGAIN', 'EAI_FAIL', 'ESERVFAIL', 'ETIMEOUT'],
    happened: 'could not be looked up',
    means: 'DNS gave no answer about this host name, so nothing was sent. The name itself may be right.',
    tries: ['Look whether this machine is online.', 'Walk again in a minute.'],
    read: HTTP,
    proxy: true,
  },
  {
    codes: ['ECONNREFUSED'],
    happened: 'refused the connection',
    means: 'The machine is there, and nothing listens on that port. Nothing was sent.',
    tries: ['Look whether the server is running.', 'Look whether host and port are right.'],
    read: HTTP,
    proxy: true,
  },
  {
    codes: ['EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN', 'EADDRNOTAVAIL'],
    happened: 'can’t be reached from here',
    means: 'This machine knows no way to that address, so nothing was sent.',
    tries: ['Look whether this machine is online, and on the VPN if the server needs one.', 'A host that has IPv6 alone needs IPv6 here.'],
    read: HTTP,
    proxy: true,
  },
  {
    codes: ['UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT'],
    happened: 'did not take the connection',
    means: 'There was no answer at all, as from a server that is down, a firewall that drops packets, or a TLS handshake that never ends.',
    tries: ['Look whether host and port are right.', 'Look whether a firewall stands between here and there.'],
    read: HTTP,
    proxy: true,
  },
  {
    codes: ['ECONNRESET', 'EPIPE', 'ECONNABORTED'],
    happened: 'cut the connection',
    means: 'The connection broke before the whole answer was here. Half an answer is not read.',
    tries: ['Walk again.', 'If it comes back, look into the log of the server, or of the proxy in front of it.'],
    read: INCOMPLETE,
    mayHaveArrived: true,
  },
  {
    codes: ['UND_ERR_SOCKET'],
    happened: 'closed the connection early',
    means: 'The answer ended before it was whole. Half an answer is not read.',
    tries: [
      'Walk again.',
      'A server that demands a client certificate (mTLS) does this too, and this client has none to show.',
      'If it comes back, look into the log of the server, or of the proxy in front of it.',
    ],
    read: INCOMPLETE,
    mayHaveArrived: true,
  },
  {
    codes: ['DEPTH_ZERO_SELF_SIGNED_CERT'],
    happened: 'shows a self-signed certificate',
    means: 'Nobody but the server itself vouches for it, so it could be anybody’s. Nothing was sent.',
    tries: ['If the server is yours, save its certificate as a PEM file and name it with --ca.'],
    read: CERTIFICATE,
    interception: true,
  },
  {
    codes: ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'],
    happened: 'shows a certificate that is not valid today',
    means: 'It has expired, or is not valid yet, by the clock of this machine. Nothing was sent.',
    tries: ['Look whether the clock of this machine is right.', 'If it is, the server needs a new certificate.'],
    read: CERTIFICATE,
  },
  {
    codes: ['ERR_TLS_CERT_ALTNAME_INVALID', 'HOSTNAME_MISMATCH'],
    happened: 'shows a certificate for another host',
    means: 'Whoever answers there can’t prove to be the host that was asked for. Nothing was sent.',
    tries: ['Look for a typo in the host name.', 'Use the name that the certificate is made for, not an IP address or an alias.'],
    read: CERTIFICATE,
  },
  {
    codes: ['UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'SELF_SIGNED_CERT_IN_CHAIN', 'CERT_UNTRUSTED', 'INVALID_CA'],
    happened: 'shows a certificate of an unknown authority',
    means: 'The authority that signed it is not trusted here, or the server leaves out a certificate in between. Nothing was sent.',
    tries: ['If it is your own authority, or your company’s, name its PEM file with --ca.', 'If it is a public one, the server has to send its whole chain.'],
    read: CERTIFICATE,
    interception: true,
  },
  {
    codes: ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'ERR_SSL_UNSUPPORTED_PROTOCOL', 'ERR_SSL_NO_PROTOCOLS_AVAILABLE', 'ERR_SSL_VERSION_TOO_LOW', 'ERR_SSL_WRONG_SSL_VERSION'],
    happened: 'speaks no TLS version that is accepted here',
    means: 'It offers only versions before TLS 1.2, which no longer protect a secret. Nothing was sent.',
    tries: ['Switch on TLS 1.2 or 1.3 at the server.'],
    read: TLS,
  },
  {
    codes: ['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG', 'ERR_SSL_HTTP_REQUEST', 'ERR_SSL_UNKNOWN_PROTOCOL'],
    happened: 'does not speak TLS on this port',
    means: 'The URL begins with https, and something else answers there, probably plain HTTP. Nothing was sent.',
    tries: ['Look whether the port is right.', 'If it is a server on this machine, its URL may begin with http.'],
    read: TLS,
  },
  {
    codes: ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'ERR_SSL_TLSV1_ALERT_ACCESS_DENIED'],
    happened: 'refused the TLS handshake',
    means: 'It demands something that this client has not: most often a certificate of the client (mTLS).',
    tries: ['Choose a client authentication method without mTLS for this client.', 'Look into the TLS settings of the server.'],
    read: ['RFC 8705 2', 'RFC 8446 4.4.2'],
  },
]
