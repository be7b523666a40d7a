/** An error as a worker describes it: structured clone would forget its name and its own properties. */
export type RemoteError =
  | { thrown: unknown }
  | {
      name: string
      message: string
      stack: string
      properties: Record<string, unknown>
      cause?: RemoteError
      errors?: RemoteError[]
    }

const BUILT_IN: Record<string, ErrorConstructor> = {
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
}

/**
 * Makes an error again of what a worker described: its message, name, stack, cause and own properties, as an instance of
 * the built-in class of that name or else of `Error`. What was thrown and is no error comes back as it is.
 */
export function reviveError(remote: RemoteError): unknown {
  if ('thrown' in remote) return remote.thrown
  const options = remote.cause === undefined ? undefined : { cause: reviveError(remote.cause) }
  const error =
    remote.errors === undefined
      ? new (BUILT_IN[remote.name] ?? Error)(remote.message, options)
      : new AggregateError(remote.errors.map(reviveError), remote.message, options)
  if (error.name !== remote.name) define(error, 'name', remote.name)
  define(error, 'stack', remote.stack)
  return Object.assign(error, remote.properties)
}

function define(error: Error, key: 'name' | 'stack', value: string): void {
  Object.defineProperty(error, key, { value, configurable: true, writable: true, enumerable: false })
}
