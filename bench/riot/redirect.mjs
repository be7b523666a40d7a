// Loaded before a client (node --import). It lets the client believe that it talks to api.riotgames.com: its hosts become routes of
// the simulator, nothing else of the client changes.
import http from 'node:http'
import https from 'node:https'
import { syncBuiltinESMExports } from 'node:module'

const port = Number(process.env['SIM_PORT'])
const HOST = /^https:\/\/([a-z0-9]+)\.api\.riotgames\.com/

const realFetch = globalThis.fetch
globalThis.fetch = (input, init) =>
  realFetch(typeof input === 'string' ? input.replace(HOST, `http://127.0.0.1:${port}/$1`) : input, init)

// One set of connections for all requests, as the platform's fetch has.
const agent = new http.Agent({ keepAlive: true })
https.request = (options, callback) => {
  const url = new URL(options.href ?? `https://${options.hostname ?? options.host}${options.path}`)
  const headers = { ...options.headers, Host: url.hostname }
  return http.request(
    { host: '127.0.0.1', port, path: url.pathname + url.search, method: options.method, headers, agent },
    callback,
  )
}
syncBuiltinESMExports()
