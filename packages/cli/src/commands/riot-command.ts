import type { Command } from 'commander'
import type { ExitCode } from '../exit-codes.ts'
import { INPUT_FORMATS } from '../input/input-format.ts'
import { addJobFlags, type JobFlags } from '../job/job-flags.ts'
import { flag } from '../options/flag.ts'
import type { Recipe } from '../riot/plan.ts'
import type { Surroundings } from '../surroundings.ts'
import { addCommand, type CommandTexts } from './add-command.ts'

/** The options of `sluice riot` as they are written; which of them there are depends on the recipe. */
export interface RiotFlags extends JobFlags {
  concurrency: string
  retries: string
  riotId?: string[]
  input?: string
  inputFormat?: string
  platform?: string
  keyFile?: string
  sim?: boolean
  baseUrl?: string
  count?: string
  type?: string
  queueId?: string
  since?: string
  until?: string
  timelines?: boolean
  queue?: string
  tiers?: string
  players?: string
  top?: string
}

/** What each recipe says of itself. */
const TEXTS: Readonly<Record<Recipe, CommandTexts>> = {
  matches: {
    summary: 'the latest matches of players',
    usage: '[options] [players…]',
    examples: [
      "sluice riot matches --riot-id 'Name#TAG' --count 20 > matches.ndjson",
      'sluice riot matches -i players.csv --count 1000 --type ranked -o matches.ndjson',
      "sluice riot matches 'Name#TAG' --timelines --sim",
    ],
  },
  ladder: {
    summary: 'the players of a ladder',
    usage: '[options]',
    examples: [
      'sluice riot ladder --platform euw1 > players.ndjson',
      'sluice riot ladder -p kr --tiers challenger,grandmaster,master,diamond:I -o players.ndjson',
      'sluice riot ladder -p na1 --players 100 --sim',
    ],
  },
  crawl: {
    summary: 'the matches of the players of a ladder, each once',
    usage: '[options]',
    examples: [
      'sluice riot crawl --platform euw1 --players 300 --count 20 -o matches.ndjson',
      'sluice riot crawl -p kr --tiers challenger --count 100 --timelines -o kr.ndjson.gz',
      'sluice riot crawl -p na1 --players 10 --count 5 --sim > matches.ndjson',
    ],
  },
  accounts: {
    summary: 'the accounts of Riot ids or puuids',
    usage: '[options] [players…]',
    examples: [
      "sluice riot accounts 'Name#TAG' 'Other#EUW'",
      'sluice riot accounts -i riot-ids.txt -o accounts.ndjson',
      'cat puuids.txt | sluice riot accounts | jq -r .data.gameName',
    ],
  },
  masteries: {
    summary: 'the champions of players and how well they know them',
    usage: '[options] [players…]',
    examples: [
      "sluice riot masteries 'Name#TAG' --top 3",
      'sluice riot masteries -i players.txt -p euw1 -o masteries.ndjson',
      "sluice riot masteries 'Name#TAG' --sim",
    ],
  },
  live: {
    summary: 'the games that players are in now, null for none',
    usage: '[options] [players…]',
    examples: [
      "sluice riot live 'Name#TAG'",
      'sluice riot live -i players.txt -p kr | jq -c "select(.data)"',
      "sluice riot live 'Name#TAG' --sim",
    ],
  },
}

const NOTE = 'The key is in RIOT_API_KEY, or in the file of --key-file. More: docs/cli.md'

/** Adds `sluice riot` with its recipes. */
export function addRiotCommand(program: Command, around: Surroundings, onEnd: (code: ExitCode) => void): void {
  const riot = addCommand(program, 'riot', {
    summary: 'collects from the Riot API: matches, ladder, crawl, …',
    usage: 'RECIPE [options]',
    examples: [
      "sluice riot matches --riot-id 'Name#TAG' --count 20 > matches.ndjson",
      'sluice riot crawl --platform euw1 --players 300 -o matches.ndjson',
      'sluice riot ladder -p na1 --players 100 --sim',
    ],
    note: `${NOTE}\n--help of each recipe lists its options: sluice riot matches --help`,
  })
  for (const name of Object.keys(TEXTS) as Recipe[]) {
    const command = addCommand(riot, name, { ...TEXTS[name], note: NOTE })
    const takesPlayers = name !== 'ladder' && name !== 'crawl'
    if (takesPlayers) {
      command
        .argument('[players...]')
        .addOption(flag('--riot-id <id>', "a player, 'Name#TAG'; several times").many())
        .addOption(flag('-i, --input <file>', 'players from a file: Riot ids, puuids; - is stdin'))
        .addOption(flag('--input-format <name>', 'lines, ndjson, csv, tsv, if the ending is none').oneOf(INPUT_FORMATS))
    } else {
      command
        .addOption(flag('--tiers <tiers>', 'such as challenger,diamond,gold:II', 'challenger'))
        .addOption(flag('--queue <name>', 'ladder', 'RANKED_SOLO_5x5'))
        .addOption(flag('--players <n>', 'at most so many of them, the best first'))
    }
    if (name !== 'accounts') {
      command.addOption(
        flag(
          '-p, --platform <name>',
          takesPlayers ? 'where the players are, such as euw1; or it is asked for' : 'such as euw1',
        ),
      )
    }
    if (name === 'matches' || name === 'crawl') {
      command
        .addOption(flag('--count <n>', 'matches of each player, the newest first', '20'))
        .addOption(flag('--type <name>', 'ranked, normal, tourney, tutorial'))
        .addOption(flag('--queue-id <n>', 'number of a queue, such as 420'))
        .addOption(flag('--since <date>', 'only matches after it, such as 2026-01-31'))
        .addOption(flag('--until <date>', 'only matches before it'))
        .addOption(flag('--timelines', 'the timeline of each match as well'))
    }
    if (name === 'masteries') command.addOption(flag('--top <n>', 'only the best so many of each player'))
    command
      .addOption(flag('--key-file <file>', 'file with the API key'))
      .addOption(flag('--sim', 'ask a simulated Riot API, without a key'))
      .addOption(flag('--base-url <url>', 'ask another server: http://127.0.0.1:8080/{route}'))
    addJobFlags(command, '200', '3').action(async (...given: unknown[]) => {
      const { runRiot } = await import('./riot.ts')
      const [players, flags] = takesPlayers ? given : [[], given[0]]
      onEnd(await runRiot(name, players as string[], flags as RiotFlags, around))
    })
  }
}
