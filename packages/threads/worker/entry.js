// What runs inside every worker thread and worker process: it loads the module that a call names, calls the function
// and sends back its value or its error. Plain JavaScript beside `src` and `dist`, since Node 20 can load nothing else,
// so that the tests of the sources and the published package start their workers from the same file.

import { types } from 'node:util'
import { deserialize, serialize } from 'node:v8'
import { MessageChannel, isMainThread } from 'node:worker_threads'

const TRANSFER = Symbol.for('@sluice/threads.transfer')
/** Causes of causes are followed this far; a chain that bites its own tail must end somewhere. */
const MAX_CAUSES = 8

// A worker process whose program was killed has nobody to work for. A thread ends with its process.
if (isMainThread) process.once('disconnect', () => process.exit())

/**
 * @param {{ module: string, name: string, args: unknown[] | Uint8Array }} call
 * @returns {Promise<object>} a reply as `reply.ts` reads it; never rejects
 */
export default async function entry(call) {
  let value
  try {
    const args = isMainThread ? deserialize(call.args) : call.args
    const work = await load(call.module, call.name)
    value = await work(...args)
  } catch (error) {
    return { type: 'error', error: describe(error, MAX_CAUSES) }
  }
  try {
    return await pack(value)
  } catch (error) {
    const refused = new TypeError(
      `the value that ${call.name} returned cannot cross to the caller: ${error.message} ` +
        'Return plain data: objects, arrays, strings, numbers, Map, Set, Date, typed arrays',
      { cause: error },
    )
    return { type: 'error', error: describe(refused, MAX_CAUSES) }
  }
}

async function load(module, name) {
  const exports = await import(module).catch((error) => {
    if (error.code !== 'ERR_UNKNOWN_FILE_EXTENSION' || !/\.[cm]?ts$/.test(module)) throw error
    throw new TypeError(
      `Node ${process.version} cannot run ${module}, which is TypeScript: name the compiled .js file, ` +
        "or give a pool a loader, such as execArgv: ['--import', 'tsx']",
      { cause: error },
    )
  })
  // A CommonJS module whose exports Node could not see statically has them all on its default export.
  const work = exports[name] ?? exports.default?.[name]
  if (typeof work === 'function') return work
  const names = Object.keys(exports).filter((key) => typeof exports[key] === 'function')
  throw new TypeError(
    `${module.slice(0, 200)} exports no function called ${JSON.stringify(name)}; ` +
      (names.length > 0 ? `it exports ${names.join(', ')}. Choose one with the option name` : 'it exports none at all'),
  )
}

// A value is serialized here, inside a try, and not by the pool's own port, where a failure would take the worker down.
async function pack(result) {
  const transfer = result?.[TRANSFER]
  const value = transfer === undefined ? result : result.value
  if (isMainThread) return { type: 'bytes', bytes: serialize(value) }
  if (value === null || (typeof value !== 'object' && typeof value !== 'function' && typeof value !== 'symbol')) {
    return { type: 'value', value }
  }
  const { port1, port2 } = new MessageChannel()
  try {
    port1.postMessage(value, transfer)
  } catch (error) {
    port1.close()
    throw error
  }
  const { markMovable, kTransferable, kValue } = await import('tinypool')
  const reply = { [kTransferable]: port2, [kValue]: { type: 'port', port: port2 } }
  markMovable(reply)
  return reply
}

// Structured clone forgets the name of an error class and every property of its own, so errors travel as plain data.
function describe(error, depth) {
  if (!types.isNativeError(error) && !(error instanceof Error))
    return { thrown: cloneable(error) ? error : String(error) }
  const properties = {}
  for (const key of Object.keys(error)) {
    if (key !== 'cause' && key !== 'errors' && cloneable(error[key])) properties[key] = error[key]
  }
  const [name, message, stack] = [error.name, error.message, error.stack].map(String)
  const plain = { name, message, stack, properties }
  if (depth === 0) return plain
  if ('cause' in error) plain.cause = describe(error.cause, depth - 1)
  if (Array.isArray(error.errors)) plain.errors = error.errors.map((one) => describe(one, depth - 1))
  return plain
}

function cloneable(value) {
  try {
    if (isMainThread) serialize(value)
    else structuredClone(value)
    return true
  } catch {
    return false
  }
}
