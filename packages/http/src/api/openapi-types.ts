import type { QueryInput } from '../types.ts'
import type { CallOptions, WriteOptions } from './endpoint.ts'

// The shape that openapi-typescript (7 and later) gives to the type `paths`, read without a dependency on it.

/** A method as a key of a path item. */
export type OperationMethod = 'get' | 'put' | 'post' | 'delete' | 'patch' | 'head'

/** The paths of an API that have a method. */
export type PathsWith<Paths, Method extends OperationMethod> = {
  [Path in keyof Paths & string]: NonNullable<Field<Paths[Path], Method>> extends infer Operation
    ? [Operation] extends [never]
      ? never
      : Path
    : never
}[keyof Paths & string]

/** The operation of a path. */
export type OperationAt<Paths, Path extends keyof Paths, Method extends OperationMethod> = NonNullable<
  Field<Paths[Path], Method>
>

/** `T[Key]`, or `never` where it is not there or never given. */
type Field<T, Key extends PropertyKey> = Key extends keyof T ? Exclude<T[Key], undefined> : never

type Parameters_<Operation, Where extends string> = Field<Field<Operation, 'parameters'>, Where>

type JsonOf<Content> = Content extends object ? Content[keyof Content & `${string}json${string}`] : never

type BodyContent<Operation> = JsonOf<Field<Field<Operation, 'requestBody'>, 'content'>>

/** True when a request without a body is fine. */
type BodyIsOptional<Operation> = 'requestBody' extends keyof Operation
  ? undefined extends Operation['requestBody']
    ? true
    : false
  : true

type OkStatus = 200 | 201 | 202 | 203 | 204 | 205 | 206 | 207 | 208 | '2XX'

type ResponseBody<Response> = Response extends { content: infer Content }
  ? [JsonOf<Content>] extends [never]
    ? undefined
    : JsonOf<Content>
  : undefined

/** What an operation answers when it goes well: the JSON of its 2xx responses, or of `default` if there is none. */
export type ResultOf<Operation> =
  Field<Operation, 'responses'> extends infer Responses
    ? [keyof Responses & OkStatus] extends [never]
      ? ResponseBody<Field<Responses, 'default'>>
      : { [Status in keyof Responses & OkStatus]: ResponseBody<Responses[Status]> }[keyof Responses & OkStatus]
    : never

/** A property that must be given if anything in it must be. */
type Part<Name extends string, Value> = [Value] extends [never]
  ? {}
  : {} extends Value
    ? { [Key in Name]?: Value | undefined }
    : { [Key in Name]: Value }

type BodyPart<Operation> = [BodyContent<Operation>] extends [never]
  ? {}
  : BodyIsOptional<Operation> extends true
    ? { json?: BodyContent<Operation> | undefined }
    : { json: BodyContent<Operation> }

type Common<Operation> = Omit<
  [BodyContent<Operation>] extends [never] ? CallOptions<QueryInput> : WriteOptions,
  'query' | 'json' | 'headers'
> & { headers?: CallOptions['headers'] }

/** What a call of an operation takes: `path`, `query`, `header` and `json` as the API describes them, and the options of any call. */
export type OperationInit<Operation> = Part<'path', Parameters_<Operation, 'path'>> &
  Part<'query', Parameters_<Operation, 'query'>> &
  Part<'header', Parameters_<Operation, 'header'>> &
  BodyPart<Operation> &
  Common<Operation>

/** The last argument of a call: it may be left out when nothing in it must be given. */
export type InitArguments<Operation> =
  {} extends OperationInit<Operation> ? [init?: OperationInit<Operation>] : [init: OperationInit<Operation>]

/** What `collect` takes for each request: the init, or just the value of a path's only parameter. */
export type CollectInput<Operation> = OperationInit<Operation> | OnlyParameter<Parameters_<Operation, 'path'>>

type OnlyParameter<Path> = [Path] extends [never] ? never : IsUnion<keyof Path> extends true ? never : Path[keyof Path]

type IsUnion<T, Whole = T> = T extends unknown ? ([Whole] extends [T] ? false : true) : never
