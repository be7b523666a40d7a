import net from 'node:net'
import tls from 'node:tls'
import { setTimeout as sleep } from 'node:timers/promises'
import zlib from 'node:zlib'

/** A server that misbehaves on purpose: each path of {@link FAULTS} is a fault of its own. */
export interface FaultServer extends AsyncDisposable {
  readonly url: string
  /** Sockets that are open now. */
  readonly sockets: ReadonlySet<net.Socket>
  /** Requests that came, by path. */
  readonly seen: ReadonlyMap<string, number>
}

type Fault = (socket: net.Socket, query: URLSearchParams, nth: number) => void | Promise<void>

const head = (status: string, headers: Record<string, string | number> = {}): string =>
  `HTTP/1.1 ${status}\r\n${Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}\r\n`

const whole = (socket: net.Socket, body: string | Buffer, headers: Record<string, string | number> = {}): void => {
  const bytes = Buffer.from(body)
  socket.write(head('200 OK', { 'content-type': 'application/json', 'content-length': bytes.length, ...headers }))
  socket.write(bytes)
}

/** Node never tells the close of a socket that is reset while its orderly end is under way. */
const reset = (socket: net.Socket): void => {
  if (socket.writableEnded) socket.destroy()
  else socket.resetAndDestroy()
}

/** What each path does, after the request's head has come. */
export const FAULTS: Readonly<Record<string, Fault>> = {
  '/ok': (socket) => whole(socket, '{"ok":true}'),
  '/reset-before-headers': reset,
  '/close-before-headers': (socket) => void socket.end(),
  '/close-in-headers': (socket) => void socket.end('HTTP/1.1 200 OK\r\ncontent-le'),
  '/reset-after-headers': async (socket) => {
    socket.write(head('200 OK', { 'content-length': 100 }))
    await sleep(20)
    reset(socket)
  },
  '/truncated': (socket) => void socket.end(`${head('200 OK', { 'content-length': 100 })}only this`),
  '/truncated-chunked': (socket) =>
    void socket.end(`${head('200 OK', { 'transfer-encoding': 'chunked' })}5\r\nhello\r\n`),
  '/truncated-and-closed': (socket) =>
    void socket.end(`${head('200 OK', { 'transfer-encoding': 'chunked', connection: 'close' })}5\r\nhello\r\n`),
  '/longer-than-promised': (socket) =>
    void socket.write(`${head('200 OK', { 'content-length': 4 })}1234HTTP/1.1 what is this`),
  '/two-lengths': (socket) =>
    void socket.write(`HTTP/1.1 200 OK\r\ncontent-length: 4\r\ncontent-length: 6\r\n\r\n123456`),
  '/bad-length': (socket) => void socket.write(head('200 OK', { 'content-length': 'many' })),
  '/drip': async (socket, query) => {
    const body = JSON.stringify({ text: 'x'.repeat(Number(query.get('bytes') ?? 50)) })
    socket.write(head('200 OK', { 'content-length': body.length }))
    for (const character of body) {
      await sleep(Number(query.get('ms') ?? 10))
      if (socket.destroyed) return
      socket.write(character)
    }
  },
  '/drip-headers': async (socket) => {
    for (const character of head('200 OK', { 'content-length': 0, 'x-filler': 'x'.repeat(1000) })) {
      await sleep(10)
      if (socket.destroyed) return
      socket.write(character)
    }
  },
  '/silent': () => {},
  '/half-then-silent': (socket) => void socket.write(`${head('200 OK', { 'content-length': 100 })}half of it`),
  '/continue': (socket) => {
    socket.write('HTTP/1.1 100 Continue\r\n\r\n')
    whole(socket, '{"ok":true}')
  },
  '/early-hints': (socket) => {
    socket.write('HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </a.css>\r\n\r\n')
    whole(socket, '{"ok":true}')
  },
  '/switching': (socket) =>
    void socket.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: chat\r\nconnection: upgrade\r\n\r\nhi'),
  '/no-content': (socket) => void socket.write(head('204 No Content')),
  '/not-modified': (socket) => void socket.write(head('304 Not Modified', { etag: '"1"', 'content-length': 500 })),
  '/huge-headers': (socket) =>
    void socket.write(head('200 OK', { 'x-huge': 'x'.repeat(100_000), 'content-length': 0 })),
  '/bad-header-name': (socket) => void socket.write('HTTP/1.1 200 OK\r\nbad name: 1\r\ncontent-length: 0\r\n\r\n'),
  '/bad-header-value': (socket) => void socket.write('HTTP/1.1 200 OK\r\nx-bad: a\u0000b\r\ncontent-length: 0\r\n\r\n'),
  '/bad-status': (socket) => void socket.write('HTTP/1.1 abc What\r\n\r\n'),
  '/not-http': (socket) => void socket.write('SSH-2.0-OpenSSH_9.7\r\n'),
  '/bad-chunk': (socket) => void socket.write(`${head('200 OK', { 'transfer-encoding': 'chunked' })}zz\r\nhello\r\n`),
  '/corrupt-gzip': (socket) => {
    const gzip = zlib.gzipSync(JSON.stringify({ text: 'x'.repeat(10_000) }))
    gzip.fill(0xaa, 20, 40)
    whole(socket, gzip, { 'content-encoding': 'gzip' })
  },
  '/not-gzip': (socket) => whole(socket, '{"plain":true}', { 'content-encoding': 'gzip' }),
  '/truncated-gzip': (socket) => {
    const gzip = zlib.gzipSync(JSON.stringify({ text: 'x'.repeat(10_000) }))
    whole(socket, gzip.subarray(0, gzip.length - 12), { 'content-encoding': 'gzip' })
  },
  '/bomb': (socket, query) => {
    const size = Number(query.get('bytes') ?? 20_000_000)
    const coding = query.get('coding') ?? 'gzip'
    const zeros = Buffer.alloc(size)
    const packed = { gzip: zlib.gzipSync, deflate: zlib.deflateSync, br: brotli }[coding]!(zeros)
    whole(socket, packed, { 'content-encoding': coding })
  },
  '/loop': (socket) => void socket.write(head('302 Found', { location: '/loop', 'content-length': 0 })),
  '/ping': (socket) => void socket.write(head('302 Found', { location: '/pong', 'content-length': 0 })),
  '/pong': (socket) => void socket.write(head('301 Moved Permanently', { location: '/ping', 'content-length': 0 })),
  '/redirect-nowhere': (socket) => void socket.write(head('302 Found', { location: 'http://[', 'content-length': 0 })),
  '/redirect-file': (socket) =>
    void socket.write(head('302 Found', { location: 'file:///etc/passwd', 'content-length': 0 })),
  '/redirect-long': (socket) => {
    socket.write(head('302 Found', { location: '/ok', 'content-length': 50_000_000 }))
    socket.write(Buffer.alloc(1_000_000))
  },
  '/no-json': (socket) => whole(socket, '<html>Bad gateway</html>', { 'content-type': 'text/html' }),
  '/close-after': async (socket) => {
    whole(socket, '{"ok":true}')
    await sleep(5)
    socket.end()
  },
  '/reset-after': async (socket) => {
    whole(socket, '{"ok":true}')
    await sleep(5)
    reset(socket)
  },
  /** Answers well the first time on a connection, and ends the connection under the second request. */
  '/stale': (socket, _, nth) => {
    if (nth === 1) whole(socket, '{"ok":true}')
    else socket.destroy()
  },
  '/unasked': (socket) => {
    whole(socket, '{"ok":true}')
    socket.write(head('200 OK', { 'content-length': 3 }) + 'two')
  },
}

const brotli = (bytes: Buffer): Buffer =>
  zlib.brotliCompressSync(bytes, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 4 } })

/** Starts the server on a free port, with TLS if there is a certificate. */
export async function startFaultServer(certificate?: { key: string; cert: string }): Promise<FaultServer> {
  const sockets = new Set<net.Socket>()
  const seen = new Map<string, number>()
  const onSocket = (socket: net.Socket): void => {
    let nth = 0
    let text = ''
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    // Resets are the point of this server.
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
      for (;;) {
        const end = text.indexOf('\r\n\r\n')
        if (end < 0) return
        const [, target = '/'] = text.slice(0, text.indexOf('\r\n')).split(' ')
        const length = Number(/content-length: *(\d+)/i.exec(text.slice(0, end))?.[1] ?? 0)
        if (text.length < end + 4 + length) return
        text = text.slice(end + 4 + length)
        const { pathname, searchParams } = new URL(target, 'http://localhost')
        seen.set(pathname, (seen.get(pathname) ?? 0) + 1)
        const fault = FAULTS[pathname]
        if (fault === undefined) socket.write(head('404 Not Found', { 'content-length': 0 }))
        else void fault(socket, searchParams, ++nth)
      }
    })
  }
  const server = certificate === undefined ? net.createServer(onSocket) : tls.createServer(certificate, onSocket)
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as net.AddressInfo
  return {
    url: `${certificate === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    sockets,
    seen,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise<unknown>((resolve) => {
        server.close(resolve)
      })
    },
  }
}
