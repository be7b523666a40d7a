import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The server behind the tests of the command line: it misbehaves by path. */
export interface CliServer extends AsyncDisposable {
  readonly url: string
  /** Requests that came, in order: method, path with query, headers and body. */
  readonly requests: { method: string; path: string; headers: IncomingMessage['headers']; body: string }[]
  /** How many are being answered now, and the most there ever were. */
  readonly load: { now: number; most: number }
  /** Requests that wait for {@link release}: those to `/held`. */
  release(): void
}

type Answer = (response: ServerResponse, nth: number, argument: string, request: IncomingMessage, body: string) => void

const json = (response: ServerResponse, status: number, value: unknown, headers: Record<string, string> = {}): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value))
}

/** Starts it on a free port. `/ok/7` answers `{ "n": "7" }`. */
export async function startCliServer(): Promise<CliServer> {
  const requests: CliServer['requests'] = []
  const load = { now: 0, most: 0 }
  const held = new Set<() => void>()
  const seen = new Map<string, number>()
  const answers: Record<string, Answer> = {
    ok: (response, _, n) => json(response, 200, { n }),
    status: (response, _, status) => json(response, Number(status), { refused: true }),
    /** Answers with the status the first time, and then well. */
    once: (response, nth, status) => json(response, nth === 1 ? Number(status) : 200, { nth }),
    limited: (response, nth) => json(response, nth === 1 ? 429 : 200, { nth }, nth === 1 ? { 'retry-after': '1' } : {}),
    reset: (_, __, ___, request) => void request.socket.resetAndDestroy(),
    text: (response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>hello</h1>\nworld'),
    pretty: (response) => void response.end('{\n  "big": 12345678901234567890,\n  "text": "a\\nb"\n}\n'),
    empty: (response) => void response.writeHead(204).end(),
    never: () => {},
    slow: (response, _, ms) => void setTimeout(() => json(response, 200, { ms }), Number(ms)),
    held: (response, _, n) => void held.add(() => json(response, 200, { n })),
    echo: (response, _, __, { method, headers }, body) => json(response, 200, { method, headers, body }),
    denied: (response, _, __, { headers }) => json(response, 401, { wrong: headers['x-token'] }),
    big: (response) => json(response, 200, { text: 'x'.repeat(20_000) }),
  }
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text
    })
    request.on('end', () => {
      const path = request.url ?? '/'
      const nth = (seen.get(path) ?? 0) + 1
      seen.set(path, nth)
      requests.push({ method: request.method ?? '', path, headers: request.headers, body })
      load.most = Math.max(load.most, ++load.now)
      response.on('close', () => load.now--)
      const [, name = '', argument = ''] = new URL(path, 'http://localhost').pathname.split('/')
      const answer = answers[name]
      if (answer === undefined) json(response, 404, { missing: path })
      else answer(response, nth, decodeURIComponent(argument), request, body)
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    load,
    release: () => {
      for (const answer of held) answer()
      held.clear()
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => {
        server.close(resolve)
      })
    },
  }
}
