// A TCP server whose lifetime is a scope: `await using` closes it at the end of the block, with the connections that are open, before
// the next line runs. Each connection is a task of its group. Python's `asyncio.start_server` and `async with server`.

import { once } from 'node:events'
import { connect, createServer, type AddressInfo } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { TaskGroup } from '@sluice/core'

interface EchoServer extends AsyncDisposable {
  readonly port: number
}

async function listen(): Promise<EchoServer> {
  const connections = new TaskGroup({ collectResults: false, name: 'connections' })
  const server = createServer((socket) => {
    void connections.createTask(({ signal }) => pipeline(socket, socket, { signal }))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      console.log(`Closing, with ${connections.statistics().running} connection open`)
      server.close()
      connections.cancel()
      await connections.join()
    },
  }
}

let port: number
{
  await using server = await listen()
  port = server.port
  const client = connect(port, '127.0.0.1').setEncoding('utf8')
  client.write('Hello World!')
  const [received] = await once(client, 'data')
  console.log(`Received: ${received}`)
}
const [error] = await once(connect(port, '127.0.0.1'), 'error')
console.log(`And now: ${error.code}`)
