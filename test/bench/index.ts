/** `npm run bench [-- steps | rungs [CASES]]`: ours beside raw Temporal on the same servers, in one run. */

const [what = 'steps', count = '1000'] = process.argv.slice(2)
const say = (line: string): void => console.log(line)

switch (what) {
  case 'steps':
    await import('./steps.ts')
    break
  case 'rungs':
    await (await import('./rungs.ts')).rungs(Number(count), say)
    break
  default:
    say('npm run bench [-- steps | rungs [CASES]]')
}
