import { RateLimiter } from '@sluice/core'
import { Session } from '@sluice/http'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { FetchRun } from '../fetch/fetch-run.ts'
import { retryOptions } from '../fetch/retry-rules.ts'
import { StopPolicy } from '../fetch/stop-policy.ts'
import { readItems } from '../input/read-items.ts'
import { StreamSink } from '../output/line-sink.ts'
import { openOutput } from '../output/open-output.ts'
import { recordLine } from '../output/record.ts'
import { planRequest } from '../request-plan.ts'
import { Secrets } from '../secrets.ts'
import type { Surroundings } from '../surroundings.ts'
import type { FetchFlags } from './fetch-command.ts'
import { parseFetchOptions } from './fetch-options.ts'

export async function runFetch(args: readonly string[], flags: FetchFlags, around: Surroundings): Promise<ExitCode> {
  const secrets = new Secrets(around.env)
  const options = await parseFetchOptions(args, flags, secrets, () => around.stdin)
  const policy = new StopPolicy({
    maxFailures: options.maxFailures,
    failFast: flags.failFast === true,
    credentials: options.credentials,
  })
  const output =
    flags.output === undefined
      ? { stream: around.stdout }
      : await openOutput(flags.output, { fresh: flags.fresh === true })
  const sink = new StreamSink(output.stream, {
    ...('done' in output && { done: output.done }),
    onError: (error) => run.stop({ kind: 'output', error }, true),
  })
  const session = new Session({
    headers: options.headers,
    raiseForStatus: true,
    connections: options.concurrency === 'auto' ? Infinity : options.concurrency,
    timeout: { total: options.timeout, connect: options.connectTimeout },
  })
  const run = new FetchRun({
    items: readItems(options.input, () => around.stdin),
    plan: (item) =>
      planRequest(item, { template: options.template, method: options.method, body: options.body, secrets }),
    session,
    concurrency: options.concurrency as number,
    rate: options.rate && new RateLimiter(options.rate),
    retry: retryOptions(options.retryRules, {
      retries: options.retries,
      backoff: options.backoff,
      maxElapsed: options.retryMaxTime,
      explicit: options.retryExplicit,
    }),
    host: undefined,
    body: options.as,
    selection: options.selection,
    secrets,
    policy,
    onEvent: undefined,
    sink,
    ordered: undefined,
    onOutcome: (outcome) => sink.write(secrets.mask(recordLine(outcome))),
    onBadEntry: ({ place, problem }) => around.stderr.write(`sluice: ${place} ${problem}\n`),
    onStop: (reason) => around.stderr.write(`sluice: stops: ${JSON.stringify(reason)}\n`),
  })
  const tally = await run.run()
  await sink.close()
  await session.close({ graceMs: 0 })
  around.stderr.write(`${JSON.stringify(tally)}\n`)
  return tally.failed > 0 ? EXIT.failed : EXIT.ok
}
