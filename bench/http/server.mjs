// The other side of the benchmark, in a process of its own: JSON of about SIZE bytes after DELAY ms. Prints its port; ends with its input.
//
// It reads no more of a request than where it ends, so that it costs far less than any client: what is measured is the client.

import net from 'node:net'

const size = Number(process.env.SIZE ?? 1000)
const delay = Number(process.env.DELAY ?? 0)
const items = []
let text = ''
for (let id = 0; text.length < size; id++) {
  items.push({ id, name: `item ${id}`, ok: id % 3 === 0, tags: ['a', 'b'], score: id * 1.5 })
  text = JSON.stringify({ items })
}
const head = [
  'HTTP/1.1 200 OK',
  'content-type: application/json',
  `content-length: ${text.length}`,
  'date: Tue, 03 Feb 2026 10:00:00 GMT',
  'connection: keep-alive',
  'keep-alive: timeout=60',
]
const answer = Buffer.from(`${head.join('\r\n')}\r\n\r\n${text}`)
const END = Buffer.from('\r\n\r\n')

/** What is due at the same millisecond goes out together, behind one timer. */
const due = new Map()
function reply(socket) {
  if (delay === 0) {
    socket.write(answer)
    return
  }
  const at = Math.ceil(performance.now() + delay)
  const group = due.get(at)
  if (group !== undefined) {
    group.push(socket)
    return
  }
  due.set(at, [socket])
  setTimeout(() => {
    for (const other of due.get(at)) other.write(answer)
    due.delete(at)
  }, delay)
}

const server = net.createServer({ noDelay: true }, (socket) => {
  let rest
  socket.on('data', (chunk) => {
    const data = rest === undefined ? chunk : Buffer.concat([rest, chunk])
    let from = 0
    for (let at = data.indexOf(END); at >= 0; at = data.indexOf(END, from)) {
      from = at + END.length
      reply(socket)
    }
    rest = from === data.length ? undefined : data.subarray(from)
  })
  socket.on('error', () => {})
})
server.listen({ port: 0, host: '127.0.0.1', backlog: 8192 }, () => console.log(server.address().port))
process.stdin.on('end', () => process.exit(0)).resume()
