/** What an outside error tells of itself, whichever client threw it. */
export interface Symptom {
  /** HTTP status, or 0 where none arrived. */
  readonly status: number;
  /** The service's or the network's own code, or ''. */
  readonly code: string;
  readonly text: string;
}

type Bag = Record<string, unknown>;

const bag = (value: unknown): Bag => (typeof value === 'object' && value !== null ? (value as Bag) : {});
const word = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The code of an Azure error: the SDKs keep it in five places, depending on the service and the verb. */
export function errorCode(error: unknown): string {
  const top = bag(error);
  const details = bag(top['details']);
  const inner = bag(details['error']);
  const odata = bag(details['odataError']);
  const places = [details['errorCode'], odata['code'], inner['code'], top['code'], details['code']];
  return places.map(word).find((code) => code !== '') ?? '';
}

/** HTTP status of an error, or 0. */
export const errorStatus = (error: unknown): number => {
  const status = bag(error)['statusCode'];
  return typeof status === 'number' ? status : 0;
};

/** Reads an error and its causes: network clients hide the reason two levels down. */
export function symptomOf(error: unknown): Symptom {
  const chain = [error];
  for (let at = bag(error)['cause']; at !== undefined && chain.length < 5; at = bag(at)['cause']) chain.push(at);
  const nested = bag(error)['errors'];
  if (Array.isArray(nested)) chain.push(...nested.slice(0, 5));
  const codes = chain.map(errorCode).filter((code) => code !== '');
  const texts = chain.map((one) => `${word(bag(one)['name'])} ${word(bag(one)['message']) || one}`.trim());
  return {
    status: chain.map(errorStatus).find((status) => status > 0) ?? 0,
    code: codes.join(' '),
    text: [...new Set(texts)].join(' | '),
  };
}
