// What is measured: servers and the work that is done against them, and how each client is set up.

/** The key that all scenarios use. */
export const KEY = 'RGAPI-00000000-0000-4000-8000-00000000be7c'

const PRODUCTION = '500:10,30000:600'
const DEVELOPMENT = '20:1,100:120'

/**
 * Servers: `app` limit, `count` of requests, all asked for at once; the rest goes to the simulator as it is. `mix` names the
 * operations that the requests are spread over.
 */
export const SCENARIOS = {
  far: { app: '20:1,100:10', count: 500, latency: 'far' },
  dev: { app: DEVELOPMENT, count: 250, latency: 'near' },
  prod: { app: PRODUCTION, count: 3000, latency: 'near' },
  prodmix: {
    app: PRODUCTION,
    count: 2500,
    latency: 'near',
    mix: ['match', 'ids', 'account'],
    // Only the application limit is to bind.
    methods: { 'account-v1.getByPuuid': '2000:10' },
  },
  faults: {
    app: PRODUCTION,
    count: 1500,
    latency: 'near',
    faults: [
      { match: { probability: 0.01 }, do: { kind: 'status', status: 503 } },
      { match: { probability: 0.002 }, do: { kind: 'rate-limit', type: 'none' } },
    ],
  },
  prodslid: { app: PRODUCTION, count: 3000, latency: 'near', windowMode: 'sliding' },
  prodalign: { app: PRODUCTION, count: 3000, latency: 'near', windowMode: 'aligned' },
  devrev: { app: DEVELOPMENT, count: 250, latency: 'near', headerOrder: 'reversed' },
}

/** Clients, each as it comes, with one request per method sent first (`warm`), and set up to survive (`tuned`, `big`). */
export const CLIENTS = {
  twisted: { library: 'twisted' },
  'twisted+warm': { library: 'twisted', warm: true },
  'twisted-tuned': { library: 'twisted', options: { concurrency: 20, rateLimitRetryAttempts: 1000 } },
  fightmegg: { library: 'fightmegg' },
  'fightmegg+warm': { library: 'fightmegg', warm: true },
  whisper: { library: 'whisper' },
  'whisper+warm': { library: 'whisper', warm: true },
  'whisper-big': { library: 'whisper', options: { maxQueueSize: 1e6, requestTimeout: 3_600_000 } },
  'whisper-big+warm': { library: 'whisper', warm: true, options: { maxQueueSize: 1e6, requestTimeout: 3_600_000 } },
}

/** What was measured before, with another simulator: scenario, client, answered, seconds, requests that the server saw, 429s. */
export const REFERENCE = [
  ['far', 'twisted-tuned', 500, 118.4, 4381, 3881],
  ['far', 'fightmegg+warm', 500, 190.5, 508, 7],
  ['far', 'whisper-big+warm', 116, 52.1, 1854, 1737],
  ['far', 'whisper+warm', 80, 21.6, 321, 240],
  ['far', 'whisper', 80, 33.1, 1899, 1819],
  ['far', 'whisper-big', 80, 32.6, 1903, 1823],
  ['far', 'twisted+warm', 40, 23.1, 1461, 1420],
  ['far', 'twisted', 40, 23.4, 1460, 1420],
  ['far', 'fightmegg', 21, 12.5, 501, 480],
  ['dev', 'fightmegg+warm', 250, 249.0, 257, 6],
  ['dev', 'twisted-tuned', 250, 844.4, 1843, 1593],
  ['dev', 'whisper-big+warm', 99, 361.6, 844, 744],
  ['prod', 'twisted-tuned', 3000, 53.3, 12_456, 9456],
  ['prod', 'fightmegg+warm', 3000, 311.5, 3008, 7],
  ['prod', 'whisper-big+warm', 1999, 32.0, 9004, 7004],
  ['prodmix', 'twisted-tuned', 2500, 43.8, 8813, 6313],
  ['prodmix', 'fightmegg+warm', 2500, 110.7, 2515, 12],
  ['prodmix', 'whisper-big+warm', 1997, 31.7, 7012, 5012],
  ['faults', 'twisted-tuned', 1500, 33.5, 4041, 2527],
  ['faults', 'whisper-big+warm', 1486, 31.4, 3007, 1505],
  ['faults', 'fightmegg+warm', 495, 3.2, 1501, 1001],
]
