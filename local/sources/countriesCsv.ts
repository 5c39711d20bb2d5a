import { countries } from './countries';

/** The reference file of countries that somebody drops into the landing zone: code and name, sorted by code. */
export function countriesCsv(): string {
  const lines = countries.map(({ code, name }) => `${code},${name}`).sort();
  return `${['code,name', ...lines].join('\n')}\n`;
}
