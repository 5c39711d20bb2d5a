interface Field {
  readonly name: string;
  readonly low: number;
  readonly high: number;
  readonly words?: readonly string[];
}

const MONTHS = 'january february march april may june july august september october november december'.split(' ');
const DAYS = 'sunday monday tuesday wednesday thursday friday saturday'.split(' ');
const FIELDS: readonly Field[] = [
  { name: 'second', low: 0, high: 59 },
  { name: 'minute', low: 0, high: 59 },
  { name: 'hour', low: 0, high: 23 },
  { name: 'day', low: 1, high: 31 },
  { name: 'month', low: 1, high: 12, words: MONTHS },
  { name: 'weekday', low: 0, high: 6, words: DAYS },
];

/**
 * Checks a schedule against the NCRONTAB grammar and writes it with six numeric fields, `a/n` as `a-max/n`. NCRONTAB is
 * narrower than other crons: no 7 for Sunday, no `L`, `W`, `#` or `?`. https://github.com/atifaziz/NCrontab#crontab-expression
 * @throws with the field and the text that is wrong
 */
export function normalise(schedule: string): string {
  const given = schedule.trim().split(/\s+/);
  const fields = given.length === 5 ? ['0', ...given] : given;
  if (fields.length !== FIELDS.length)
    throw new Error(`The schedule '${schedule}' is neither an NCRONTAB expression nor a time span`);
  return FIELDS.map((field, index) => normaliseField(fields[index] ?? '', field, schedule)).join(' ');
}

function normaliseField(text: string, field: Field, schedule: string): string {
  return text
    .split(',')
    .map((item) => {
      const parts = /^(\*|[a-z0-9]+)(?:-([a-z0-9]+))?(?:\/(\d+))?$/i.exec(item);
      const from = parts?.[1];
      const wrong = () => new Error(`The schedule '${schedule}' has an invalid ${field.name} field: '${item}'`);
      if (from === undefined || (from === '*' && parts?.[2] !== undefined)) throw wrong();
      const step = parts?.[3];
      if (step !== undefined && Number(step) < 1) throw wrong();
      const suffix = step === undefined ? '' : `/${step}`;
      if (from === '*') return `*${suffix}`;
      const low = numberOf(from, field);
      const high = parts?.[2] === undefined ? (step === undefined ? low : field.high) : numberOf(parts[2], field);
      if (low === undefined || high === undefined || high < low) throw wrong();
      return low === high ? `${low}` : `${low}-${high}${suffix}`;
    })
    .join(',');
}

function numberOf(text: string, { low, high, words = [] }: Field): number | undefined {
  const word = /^[a-z]+$/i.test(text) ? words.findIndex((name) => name.startsWith(text.toLowerCase())) : -1;
  const value = word >= 0 ? word + low : Number(text);
  return Number.isInteger(value) && value >= low && value <= high ? value : undefined;
}
