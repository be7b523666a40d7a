import { EMPTY_BODY, JsonBody, type Body } from '../bodies/body.ts'

/** What a handler answers: the status and the content. */
export interface Answer {
  readonly status: number
  readonly body: Body
}

/** Thrown by a handler to answer with an error. */
export class Refusal extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.name = 'Refusal'
    this.status = status
  }
}

/** 200 with a value. */
export function ok(value: unknown): Answer {
  return { status: 200, body: new JsonBody(value) }
}

/** 204. */
export const NO_CONTENT: Answer = { status: 204, body: EMPTY_BODY }

/** An error as Riot's edge words it. */
export function errorAnswer(status: number, message: string): Answer {
  return { status, body: new JsonBody({ status: { message, status_code: status } }) }
}
