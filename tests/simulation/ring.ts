import fc from 'fast-check';
import { type Scenario, scenario, told } from './scenario';
import { type Played, simulate, type Twist } from './simulate';
import { KINDS, named } from './world/faults';

/** Where the stories of this run begin, and how many a quarter plays; more of both at night. */
const SEED = Number(process.env['SIMULATION_SEED'] ?? 2026);
const STORIES = Number(process.env['SIMULATION_STORIES'] ?? 126);
/** What shrinking may take, in milliseconds: then the shortest story so far is told. */
const LIMIT_MS = 480_000;

export interface Told {
  readonly stories: number;
  readonly struck: number;
  readonly crashes: number;
  /** Kinds of faults that never struck. */
  readonly missing: readonly string[];
}

/**
 * Plays a quarter of the ring's stories.
 * @throws Error with the shortest story that breaks a promise, and the seed that finds it again
 */
export async function playQuarter(quarter: number): Promise<Told> {
  const seed = SEED * 4 + quarter;
  const all: Played[] = [];
  const details = await fc.check(
    fc.asyncProperty(scenario, async (story) => {
      const played = await simulate(story);
      all.push(played);
      return played.violations.length === 0;
    }),
    { seed, numRuns: STORIES, interruptAfterTimeLimit: LIMIT_MS, markInterruptAsFailure: true },
  );
  if (details.failed)
    throw new Error(await account(seed, details.counterexample?.[0] ?? null, details.counterexamplePath));
  const struck = all.flatMap((played) => played.struck);
  return {
    stories: all.length,
    struck: struck.length,
    crashes: all.reduce((sum, { crashes }) => sum + crashes, 0),
    missing: KINDS.filter((kind) => !struck.some((fault) => fault.kind === kind)),
  };
}

async function account(seed: number, story: Scenario | null, path: string | null): Promise<string> {
  if (!story) return `seed ${seed}: out of time before a story broke a promise`;
  const { violations, struck } = await simulate(story);
  return [
    `seed ${seed}, path ${path}:`,
    ...violations.map(({ of, what }) => `${of}: ${what}`),
    'struck:',
    ...struck.map(named),
    'story:',
    told(story),
    'again:',
    `SIMULATION_STORY='${JSON.stringify(story)}' npx vitest run --project simulation tests/simulation/stories.test.ts`,
  ].join('\n');
}

/** The promises that some of these stories break under a twist, by their letters; plays until one of the wanted is found. */
export async function firstBroken(
  twist: Twist,
  wanted: readonly string[],
  stories: number,
  among: fc.Arbitrary<Scenario> = scenario,
): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const story of fc.sample(among, { seed: SEED, numRuns: stories })) {
    for (const { of } of (await simulate(story, twist)).violations) found.add(of);
    if (wanted.some((one) => found.has(one))) break;
  }
  return [...found];
}
