/** All that an asynchronous sequence yields, as `Array.fromAsync` of later Node versions does. */
export async function collect<T>(sequence: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of sequence) all.push(one);
  return all;
}
