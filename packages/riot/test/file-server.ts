import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server of JSON files for one test. */
export interface FileServer extends AsyncDisposable {
  readonly url: string
  /** What was asked for, with the query, in order. */
  readonly asked: string[]
}

/** Serves `files` by their paths; everything else is 404. A function is called for each request, and may return a status. */
export async function fileServer(files: Readonly<Record<string, unknown>>): Promise<FileServer> {
  const asked: string[] = []
  const server = createServer(({ url = '/' }, response) => {
    asked.push(url)
    const [path = '/'] = url.split('?', 1)
    const file = Object.hasOwn(files, path) ? files[path] : 404
    const body: unknown = typeof file === 'function' ? (file as () => unknown)() : file
    const status = typeof body === 'number' ? body : 200
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise<unknown>((resolve) => server.close(resolve))
    },
  }
}
