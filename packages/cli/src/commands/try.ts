import { Session, type SessionResponse } from '@sluice/http'
import { UsageError, messageOf } from '../errors.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { bodyOf, headersOf, methodOf } from '../options/request-flags.ts'
import { duration } from '../options/values.ts'
import { formatBytes, printable } from '../progress/format.ts'
import { styleOf, type Style } from '../progress/style.ts'
import { Secrets } from '../secrets.ts'
import type { Surroundings } from '../surroundings.ts'
import { isTemplate } from '../template.ts'
import { Phases } from '../try/phases.ts'
import { limitText, rateFlag, toldLimits } from '../try/told-limits.ts'
import type { TryFlags } from './try-command.ts'

/** Of the body that is shown. */
const LINES = 20
const CHARACTERS = 2000

/** `sluice try`: one request, shown. @throws UsageError before it is sent. */
export async function runTry(text: string, flags: TryFlags, around: Surroundings): Promise<ExitCode> {
  const secrets = new Secrets(around.env)
  const url = urlOf(text, secrets)
  const body = await bodyOf(flags.data, secrets)
  const method = methodOf(flags.request, body)
  const headers = await headersOf(flags.header ?? [], secrets, body)
  const timeout = {
    total: duration('--timeout', flags.timeout),
    connect: duration('--connect-timeout', flags.connectTimeout),
  }
  const style = styleOf(around.stdout, around.env, flags.color === false)
  const print = (line = ''): void => void around.stdout.write(`${secrets.mask(line)}\n`)

  const phases = new Phases()
  const session = new Session({ headers, timeout, onEvent: phases.onEvent })
  const controller = new AbortController()
  let stopped: 'SIGINT' | 'SIGTERM' | undefined
  const offSignal = around.onSignal((signal) => {
    stopped ??= signal
    controller.abort()
  })
  print(style.bold(`${method} ${secrets.maskUrl(url)}`))
  try {
    const response = await session.request(method, url, {
      signal: controller.signal,
      ...(body !== undefined && { body }),
    })
    const bytes = await response.bytes()
    await session.close()
    show(response, bytes, { phases, secrets, style, print })
    return codeOf(response)
  } catch (error) {
    if (stopped !== undefined) return stopped === 'SIGINT' ? EXIT.interrupted : EXIT.terminated
    around.stderr.write(`${secrets.mask(printable(messageOf(error)))}\n`)
    return EXIT.failed
  } finally {
    offSignal()
    await session.close({ graceMs: 0 })
  }
}

function urlOf(text: string, secrets: Secrets): string {
  if (isTemplate(text))
    throw new UsageError(`${text}: sluice try takes one URL; fill in the places, or use sluice fetch`)
  const url = secrets.expand(text, encodeURIComponent)
  if (!URL.canParse(url) || !/^https?:/i.test(url)) {
    throw new UsageError(
      `${secrets.mask(text)} is no http: or https: URL: write for example https://api.example.com/users/1`,
    )
  }
  return url
}

function codeOf({ status }: SessionResponse): ExitCode {
  if (status === 401 || status === 403) return EXIT.rejected
  return status >= 400 ? EXIT.failed : EXIT.ok
}

interface Showing {
  readonly phases: Phases
  readonly secrets: Secrets
  readonly style: Style
  print(line?: string): void
}

function show(response: SessionResponse, bytes: Uint8Array, { phases, secrets, style, print }: Showing): void {
  const { status, statusText, headers, request } = response
  const good = status < 400 ? style.green : style.red
  print(
    good(`${status} ${printable(statusText)}`.trim()) +
      (response.redirected ? ` from ${secrets.maskUrl(response.url)}` : ''),
  )
  const section = (title: string, lines: readonly string[]): void => {
    print()
    print(style.dim(title))
    for (const line of lines) print(`  ${line}`)
  }
  section('time', phases.lines())

  const told = toldLimits(response, request)
  const rate = rateFlag(told)
  section('limits', [
    ...told.limits.map(limitText),
    ...(told.retryAfter === undefined ? [] : [`wait ${Math.ceil(told.retryAfter / 1000)}s before the next request`]),
    ...(told.limits.length === 0 && told.retryAfter === undefined ? ['the answer tells none'] : []),
    ...(rate === undefined ? [] : [`sluice fetch learns them by itself; -r ${rate} holds them from the start`]),
  ])
  section(
    'headers',
    [...headers].map(([name, value]) => printable(`${name}: ${secrets.maskHeader(name, value)}`)),
  )

  section(
    `body, ${formatBytes(phases.bytes)}${bytes.length === phases.bytes ? '' : `, unpacked ${formatBytes(bytes.length)}`}`,
    head(bytes, secrets),
  )
}

/** The beginning of a body, line by line. */
function head(bytes: Uint8Array, secrets: Secrets): string[] {
  if (bytes.includes(0)) return ['not shown, since it is no text']
  // Masked before it is cut: half a secret would not be found.
  const text = secrets.mask(new TextDecoder().decode(bytes)).trimEnd()
  if (text === '') return []
  const lines = text.slice(0, CHARACTERS).split(/\r?\n/)
  const shown = lines.slice(0, LINES).map(printable)
  if (text.length > CHARACTERS || lines.length > LINES) shown.push('…')
  return shown
}
