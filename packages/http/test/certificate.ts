import { execFileSync } from 'node:child_process'

/** A key and a certificate in PEM. */
export interface Certificate {
  readonly key: string
  readonly cert: string
}

/** A certificate that signs itself, valid for a day, made by the system's openssl. */
export function selfSigned(names: string): Certificate {
  const pem = execFileSync(
    'openssl',
    [
      'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -keyout - -out - -subj /CN=test'.split(
        ' ',
      ),
      '-addext',
      `subjectAltName=${names}`,
    ].flat(),
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  )
  const part = (name: string): string => new RegExp(`-----BEGIN ${name}-----[^]*?-----END ${name}-----`).exec(pem)![0]
  return { key: part('PRIVATE KEY'), cert: part('CERTIFICATE') }
}
