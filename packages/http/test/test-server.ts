import http from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

/** A server for one test: `await using server = await testServer((request, response) => …)`. */
export interface TestServer extends AsyncDisposable {
  readonly url: string
  readonly server: http.Server
  /** Sockets that are open now, and the most at once. */
  readonly sockets: Set<Socket>
  most(): number
  /** Requests seen, in order of arrival. */
  readonly requests: { method: string; url: string; headers: http.IncomingHttpHeaders }[]
}

/** Starts a server on a free port; leaving the scope ends it with all its sockets. */
export async function testServer(listener: http.RequestListener): Promise<TestServer> {
  const sockets = new Set<Socket>()
  const requests: TestServer['requests'] = []
  let most = 0
  const server = http.createServer((request, response) => {
    requests.push({ method: request.method!, url: request.url!, headers: request.headers })
    listener(request, response)
  })
  server.keepAliveTimeout = 60_000
  server.on('connection', (socket) => {
    sockets.add(socket)
    most = Math.max(most, sockets.size)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    server,
    sockets,
    requests,
    most: () => most,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise<unknown>((resolve) => server.close(resolve))
    },
  }
}

/** Answers with JSON. */
export function sendJson(response: http.ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(value))
}

/** The body of a request; never settles when the client breaks off. */
export function bodyOf(request: http.IncomingMessage): Promise<Buffer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => resolve(Buffer.concat(chunks)))
    request.on('error', () => {})
  })
}

/** Waits until `condition` holds, at most two seconds. */
export async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 200 && !condition(); i++) await new Promise((resolve) => setTimeout(resolve, 10))
  if (!condition()) throw new Error(`waited in vain for ${condition.toString()}`)
}
