/** Does the same for each, so many at once; answers in the order of what was given. */
export async function atOnce<A, B>(all: readonly A[], many: number, work: (one: A) => Promise<B>): Promise<B[]> {
  const answers: B[] = []
  const entries = all.entries()
  const worker = async (): Promise<void> => {
    for (const [index, one] of entries) answers[index] = await work(one)
  }
  await Promise.all(Array.from({ length: many }, worker))
  return answers
}
