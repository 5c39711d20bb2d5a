import type { Governor } from './governor';

/** The part of an SDK's requests and answers that a governor looks at. */
interface Sent {
  readonly method: string;
  readonly url: string;
}
interface Answered {
  readonly status: number;
  readonly headers: { get(name: string): string | undefined };
}

/** Options of an SDK client by which each of its requests, repeats included, passes a governor; null lets one through. */
export const governed = (of: (request: Sent) => Governor | null) => ({
  additionalPolicies: [
    {
      position: 'perRetry' as const,
      policy: {
        name: 'governor',
        async sendRequest<A extends Answered, R extends Sent>(
          request: R,
          next: (request: R) => Promise<A>,
        ): Promise<A> {
          const governor = of(request);
          await governor?.pass();
          const answer = await next(request);
          governor?.heard(answer.status, answer.headers.get('retry-after'));
          return answer;
        },
      },
    },
  ],
});
