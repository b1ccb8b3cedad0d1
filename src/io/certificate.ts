import { createPrivateKey, generateKeyPairSync, randomBytes, sign, X509Certificate } from 'node:crypto'
import { UsageError } from '../errors.ts'

/** PEM texts of a certificate, with what stands between it and its authority, and of its key. */
export interface Tls {
  cert: string
  key: string
}

const DAY = 86_400_000

/**
 * A self-signed certificate for the names of this machine, with a key that never leaves the process. Node makes keys and
 * signatures; what is written here is the form around them, RFC 5280 4.1.
 */
export function makeCertificate(now: number): Tls {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const name = sequence(der(SET, sequence(oid(COMMON_NAME), der(UTF8_STRING, Buffer.from('authwalk, for one walk')))))
  const algorithm = sequence(oid(ECDSA_WITH_SHA256))
  const body = sequence(
    der(VERSION, der(INTEGER, Buffer.from([2]))),
    der(INTEGER, Buffer.concat([Buffer.from([0x01]), randomBytes(15)])),
    algorithm,
    name,
    sequence(time(now - DAY), time(now + DAY)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(EXTENSIONS, sequence(
      extension(SUBJECT_ALT_NAME, sequence(der(DNS_NAME, Buffer.from('localhost')), der(IP_ADDRESS, IPV4), der(IP_ADDRESS, IPV6))),
      extension(EXTENDED_KEY_USAGE, sequence(oid(SERVER_AUTH))),
    )),
  )
  const signature = sign('sha256', body, privateKey)
  const certificate = sequence(body, algorithm, der(BIT_STRING, Buffer.from([0]), signature))
  return { cert: pem(certificate), key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })) }
}

/** @throws UsageError where the two are no certificate and its key */
export function requirePair({ cert, key }: Tls): void {
  try {
    if (new X509Certificate(cert).checkPrivateKey(createPrivateKey(key))) return
  } catch (cause) {
    throw refused('--cert and --key hold no certificate and private key that can be read', cause)
  }
  throw refused('The key of --key does not belong to the certificate of --cert')
}

function refused(happened: string, cause?: unknown): UsageError {
  return new UsageError({
    happened,
    means: 'Both have to be PEM text, the key without a passphrase. Nothing was sent.',
    tries: ['leave out both: a certificate for this walk is then made', 'mkcert localhost 127.0.0.1, for one that your browser trusts'],
    read: ['RFC 7468 5', 'RFC 5280 4.1'],
  }, { cause })
}

const INTEGER = 0x02
const BIT_STRING = 0x03
const OCTET_STRING = 0x04
const OBJECT_IDENTIFIER = 0x06
const UTF8_STRING = 0x0c
const UTC_TIME = 0x17
const SEQUENCE = 0x30
const SET = 0x31
const VERSION = 0xa0
const EXTENSIONS = 0xa3
const DNS_NAME = 0x82
const IP_ADDRESS = 0x87

/** Object identifiers as they are encoded. */
const COMMON_NAME = '550403'
const SUBJECT_ALT_NAME = '551d11'
const EXTENDED_KEY_USAGE = '551d25'
const SERVER_AUTH = '2b06010505070301'
const ECDSA_WITH_SHA256 = '2a8648ce3d040302'

const IPV4 = Buffer.from([127, 0, 0, 1])
const IPV6 = Buffer.from([...Array.from({ length: 15 }, () => 0), 1])

/** Tag, length and contents, X.690 8.1. Nothing in here is as long as 65536 bytes. */
function der(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents)
  const { length } = content
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}

function sequence(...contents: readonly Uint8Array[]): Buffer {
  return der(SEQUENCE, ...contents)
}

function oid(encoded: string): Buffer {
  return der(OBJECT_IDENTIFIER, Buffer.from(encoded, 'hex'))
}

function extension(id: string, value: Uint8Array): Buffer {
  return sequence(oid(id), der(OCTET_STRING, value))
}

/** YYMMDDHHMMSSZ, which RFC 5280 4.1.2.5 asks for until 2049. */
function time(milliseconds: number): Buffer {
  return der(UTC_TIME, Buffer.from(`${new Date(milliseconds).toISOString().replace(/\D/g, '').slice(2, 14)}Z`))
}

function pem(certificate: Buffer): string {
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}
