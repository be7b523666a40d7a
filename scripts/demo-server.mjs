// The demo's server, in a process of its own: node scripts/demo-server.mjs <folder> <latency in ms>. It says its port.

import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { basename, join } from 'node:path'

const [folder = '.', latency = '0'] = process.argv.slice(2)

const server = createServer((request, response) => {
  const name = basename(new URL(request.url ?? '/', 'http://localhost').pathname)
  const answer = async () => {
    try {
      const body = await readFile(join(folder, name))
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body)
    } catch {
      response.writeHead(404).end()
    }
  }
  setTimeout(() => void answer(), Number(latency))
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address !== null && typeof address === 'object') process.send?.(address.port)
})
process.on('disconnect', () => process.exit())
