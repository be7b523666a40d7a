import { EMPTY_BODY, JsonBody, RawBody, type Body } from '../bodies/body.ts'
import { requiredFields } from '../data/shape-problem.ts'
import { errorAnswer, type Answer } from '../routes/answer.ts'
import type { FaultAction, WireFault } from './fault.ts'

/** The answer of a status fault. */
export function faultyAnswer({ status, body = 'json' }: FaultAction & { kind: 'status' }): Answer {
  if (body === 'empty' || status === 204) return { status, body: EMPTY_BODY }
  return body === 'html' ? { status, body: cloudflarePage(status) } : errorAnswer(status, MESSAGES[status] ?? 'Error')
}

const MESSAGES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Data not found',
  500: 'Internal server error',
  502: 'Bad gateway',
  503: 'Service unavailable',
  504: 'Gateway timeout',
}

/** What a fault does to an answer on its way, or undefined. */
export function wireFault(fault: FaultAction | undefined): WireFault | undefined {
  switch (fault?.kind) {
    case 'refuse':
    case 'truncate':
    case 'corrupt':
    case 'drip':
    case 'hang':
      return fault
    case 'reset':
      return { kind: 'reset' }
    default:
      return undefined
  }
}

/** An error page of the edge instead of JSON (developer-relations#1106), in our own words. */
function cloudflarePage(status: number): Body {
  const title = `api.riotgames.com | ${status}: Error`
  const page =
    `<!DOCTYPE html>\n<html lang="en-US">\n<head><title>${title}</title></head>\n<body>\n` +
    `<div id="cf-wrapper"><div id="cf-error-details"><h1>Error code ${status}</h1><p>Visit cloudflare.com for more information.</p>` +
    '</div></div>\n</body>\n</html>\n'
  return new RawBody(Buffer.from(page), 'text/html; charset=UTF-8')
}

/** The same content without the first field that must be there. */
export function withoutRequiredField(body: Body, returns: string): Body {
  const value = JSON.parse(body.bytes().toString()) as unknown
  const shape = returns.replace('[]', '')
  const target = Array.isArray(value) ? (value as unknown[])[0] : value
  if (typeof target === 'object' && target !== null && shape.includes('.') && !shape.startsWith('map<')) {
    delete (target as Record<string, unknown>)[requiredFields(shape)[0]!]
  }
  return new JsonBody(value)
}
