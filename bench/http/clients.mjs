// Each client as people use it: one function that gets the URL and resolves with the parsed JSON.

/** @type {Record<string, (url: string, connections: number) => Promise<() => Promise<unknown>>>} */
export const CLIENTS = {
  'session.get': async (url, connections) => {
    const { Session } = await import('@sluice/http')
    const session = new Session({ connections, raiseForStatus: true })
    return async () => (await session.get(url)).json()
  },
  'session.get, retry, rateLimit': async (url, connections) => {
    const { HttpRateLimiter, rateLimit, retry, Session } = await import('@sluice/http')
    const limiter = new HttpRateLimiter({ rate: '1000000/s' })
    const session = new Session({ connections, raiseForStatus: true, middleware: [retry(), rateLimit(limiter)] })
    return async () => (await session.get(url)).json()
  },
  'undici.request': async (url, connections) => {
    const { Agent, request, setGlobalDispatcher } = await import('undici')
    setGlobalDispatcher(new Agent({ connections, pipelining: 1 }))
    return async () => (await request(url)).body.json()
  },
  'undici Pool.dispatch': async (url, connections) => {
    const { Pool } = await import('undici')
    const { origin, pathname } = new URL(url)
    const pool = new Pool(origin, { connections, pipelining: 1 })
    class Handler {
      chunks = []
      constructor(resolve, reject) {
        this.resolve = resolve
        this.reject = reject
      }
      onRequestStart() {}
      onResponseStart(_, status) {
        this.status = status
      }
      onResponseData(_, chunk) {
        this.chunks.push(chunk)
      }
      onResponseEnd() {
        const { chunks } = this
        try {
          this.resolve(JSON.parse((chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)).toString()))
        } catch (error) {
          this.reject(error)
        }
      }
      onResponseError(_, error) {
        this.reject(error)
      }
    }
    return () =>
      new Promise((resolve, reject) => {
        pool.dispatch({ path: pathname, method: 'GET' }, new Handler(resolve, reject))
      })
  },
  'undici.fetch': async (url, connections) => {
    const { Agent, fetch, setGlobalDispatcher } = await import('undici')
    setGlobalDispatcher(new Agent({ connections, pipelining: 1 }))
    return async () => (await fetch(url)).json()
  },
  'global fetch': async (url) => async () => (await fetch(url)).json(),
  'node:http': async (url, maxSockets) => {
    const { default: http } = await import('node:http')
    const agent = new http.Agent({ keepAlive: true, maxSockets })
    return () =>
      new Promise((resolve, reject) => {
        http
          .get(url, { agent }, (response) => {
            const chunks = []
            response.on('data', (chunk) => chunks.push(chunk))
            response.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString())))
          })
          .on('error', reject)
      })
  },
  axios: async (url, maxSockets) => {
    const [{ default: axios }, { default: http }] = await Promise.all([import('axios'), import('node:http')])
    const client = axios.create({ httpAgent: new http.Agent({ keepAlive: true, maxSockets }), proxy: false })
    return async () => (await client.get(url)).data
  },
  got: async (url, maxSockets) => {
    const [{ default: got }, { default: http }] = await Promise.all([import('got'), import('node:http')])
    const agent = { http: new http.Agent({ keepAlive: true, maxSockets }) }
    return () => got(url, { agent }).json()
  },
  ky: async (url) => {
    const { default: ky } = await import('ky')
    return () => ky(url).json()
  },
}
