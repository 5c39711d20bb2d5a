import mysql from 'mysql2/promise';

/**
 * Connects to the shop's database as a mysql:// URL names it. Ids and dates stay text: as numbers or Dates they would
 * lose digits.
 */
export const connectShop = (url: string): Promise<mysql.Connection> =>
  mysql.createConnection({ uri: url, supportBigNumbers: true, bigNumberStrings: true, dateStrings: true });
