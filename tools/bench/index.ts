/**
 * `npm run bench [-- steps | cold | rungs [CASES [ROUNDS [service]]] | night [PEOPLE] | memory [CASES] | steady [MINUTES] |
 * lists [CASES] | revive [CASES]]`: ours, and where Temporal can do the same beside raw Temporal on the same servers, in one run.
 */

const [what = 'steps', count, rounds, kind] = process.argv.slice(2)
const say = (line: string): void => console.log(line)

switch (what) {
  case 'steps':
    await import('./steps.ts')
    break
  case 'rungs': {
    const standing = kind === 'service' ? 'service' : 'training'
    await (await import('./rungs.ts')).rungs(Number(count ?? 1_000), Number(rounds ?? 2), standing, say)
    break
  }
  case 'cold':
    await (await import('./cold.ts')).cold(say)
    break
  case 'lists':
    await (await import('./lists.ts')).lists(Number(count ?? 1_000_000), say)
    break
  case 'night':
    await (await import('./night.ts')).night(Number(count ?? 254), say)
    break
  case 'memory':
    await (await import('./memory.ts')).memory(Number(count ?? 240), say)
    break
  case 'steady':
    await (await import('./steady.ts')).steady(Number(count ?? 60), say)
    break
  case 'revive':
    await (await import('./revive.ts')).reviveBench(Number(count ?? 1_000), say)
    break
  default:
    say(
      'npm run bench [-- steps | cold | rungs [CASES [ROUNDS [service]]] | night [PEOPLE] | memory [CASES] | steady [MINUTES] | lists [CASES] | revive [CASES]]',
    )
}
