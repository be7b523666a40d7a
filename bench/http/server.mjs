// The other side of the benchmark, in a process of its own: JSON of about SIZE bytes after DELAY ms. Prints its port.

import http from 'node:http'

const size = Number(process.env.SIZE ?? 1000)
const delay = Number(process.env.DELAY ?? 0)
const items = []
let text = ''
for (let id = 0; text.length < size; id++) {
  items.push({ id, name: `item ${id}`, ok: id % 3 === 0, tags: ['a', 'b'], score: id * 1.5 })
  text = JSON.stringify({ items })
}
const body = Buffer.from(text)
const headers = { 'content-type': 'application/json', 'content-length': body.length }
const answer = (response) => {
  response.writeHead(200, headers)
  response.end(body)
}
const server = http.createServer({ keepAliveTimeout: 60_000 }, (_, response) => {
  if (delay === 0) answer(response)
  else setTimeout(answer, delay, response)
})
server.listen({ port: 0, host: '127.0.0.1', backlog: 8192 }, () => console.log(server.address().port))
