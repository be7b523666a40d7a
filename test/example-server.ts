import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** What examples know as `https://api.example.com`. */
export interface ExampleServer extends AsyncDisposable {
  readonly url: string
}

/**
 * Starts the server behind the examples. It answers `/status/404` with that status, `/delay/20` after that many
 * milliseconds, `/flaky/2` with 503 twice and then well, `/text` with plain text, and everything else with JSON that tells
 * what was asked: `{ id, method, path, query, body }`, where `id` is the last number of the path.
 */
export async function startExampleServer(): Promise<ExampleServer> {
  const failures = new Map<string, number>()
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
    const body = await readBody(request)
    const [, route, argument] = pathname.split('/')
    const number = Number(argument)
    let status = 200
    if (route === 'status') status = number
    if (route === 'delay') await sleep(number)
    if (route === 'flaky') {
      const before = failures.get(pathname) ?? 0
      failures.set(pathname, before + 1)
      if (before < number) status = 503
    }
    if (route === 'text') {
      response.writeHead(200, { 'content-type': 'text/plain' }).end('hello')
      return
    }
    const id = /\d+(?=\D*$)/.exec(pathname)?.[0]
    response.writeHead(status, { 'content-type': 'application/json' }).end(
      JSON.stringify({
        ...(id === undefined ? {} : { id: Number(id) }),
        method: request.method,
        path: pathname,
        ...(searchParams.size === 0 ? {} : { query: Object.fromEntries(searchParams) }),
        ...(body === '' ? {} : { body }),
      }),
    )
  }
  // A client that leaves before its answer is part of what examples show.
  const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()))
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => {
        server.close(resolve)
      })
    },
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) text += chunk
  return text
}
