import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { rootCertificates } from 'node:tls'
import { UsageError } from '../errors.ts'

/**
 * The certificates that are trusted, for Node's TLS options: its own where none is named besides.
 * @param ca PEM text
 * @throws UsageError where it is none
 */
export function trusting(ca: string | undefined): { ca?: string[] } {
  return ca === undefined ? {} : { ca: [...rootCertificates, ...extraCertificates(), readCertificate(ca)] }
}

/** Node adds them to its own list, which `ca` replaces. It has warned already where the file can’t be read. */
function extraCertificates(): string[] {
  try {
    return [readFileSync(process.env['NODE_EXTRA_CA_CERTS'] ?? '', 'utf8')]
  } catch {
    return []
  }
}

function readCertificate(pem: string): string {
  try {
    new X509Certificate(pem)
    return pem
  } catch (cause) {
    throw new UsageError({
      happened: 'The file of --ca holds no certificate',
      means: 'It has to be PEM text: lines between BEGIN CERTIFICATE and END CERTIFICATE.',
      tries: ['Turn a DER file into PEM: openssl x509 -inform der -in ca.der -out ca.pem'],
      read: ['RFC 7468 5'],
    }, { cause })
  }
}
