import { DuckDBInstance } from '@duckdb/node-api';

/** A report of the partner: the name of its file and the query that computes it. */
interface Report {
  readonly file: string;
  readonly query: string;
}

// `n` and `d` are whole numbers, so every rounding is exact. Halves go away from zero.
const macros = [
  'CREATE MACRO half_up(n, d, k) AS CASE WHEN d > 0 THEN (2 * power(10, k)::HUGEINT * n::HUGEINT + d::HUGEINT) // (2 * d::HUGEINT) END',
  "CREATE MACRO short(digits) AS coalesce(nullif(rtrim(digits, '0'), ''), '0')",
  `CREATE MACRO scaled(v, k) AS (v // power(10, k)::HUGEINT)::VARCHAR || '.' || short(lpad((v % power(10, k)::HUGEINT)::VARCHAR, k, '0'))`,
  'CREATE MACRO ratio(n, d, k) AS scaled(half_up(n, d, k), k)',
  `CREATE MACRO cut24(n, d) AS CASE WHEN d > 0 THEN (n::HUGEINT // d::HUGEINT)::VARCHAR || '.' || short(lpad(((n::HUGEINT % d::HUGEINT) * 1000000000000000000000000::HUGEINT // d::HUGEINT)::VARCHAR, 24, '0')) END`,
];

const users = (file: string) => `CREATE TABLE users AS
SELECT country, gender, hasAnyApp = 'True' AS app, hasIosApp = 'True' AS ios,
  socialNbFollowers::BIGINT AS followers, socialNbFollows::BIGINT AS follows, socialProductsLiked::BIGINT AS liked,
  productsListed::BIGINT AS listed, productsSold::BIGINT AS sold, productsWished::BIGINT AS wished,
  productsBought::BIGINT AS bought, (productsPassRate::DECIMAL(9,1) * 10)::BIGINT AS rate10,
  daysSinceLastLogin::BIGINT AS offline, seniority::BIGINT AS seniority
FROM read_csv('${file.replaceAll("'", "''")}', header = true, all_varchar = true)`;

const buyers: Report = {
  file: 'Buyers-repartition-by-country.csv',
  query: `WITH g AS (SELECT country, count(*) AS n, count(*) FILTER (bought >= 10) AS nt,
    count(*) FILTER (gender = 'F') AS f, count(*) FILTER (gender = 'M') AS m,
    count(*) FILTER (gender = 'F' AND bought >= 10) AS tf, count(*) FILTER (gender = 'M' AND bought >= 10) AS tm,
    sum(bought) AS b, sum(wished) AS w, sum(liked) AS l, sum(offline) AS o, sum(followers) AS fr, sum(follows) AS fw,
    coalesce(sum(bought) FILTER (bought >= 10), 0) AS tb, coalesce(sum(wished) FILTER (bought >= 10), 0) AS tw,
    coalesce(sum(liked) FILTER (bought >= 10), 0) AS tl, coalesce(sum(offline) FILTER (bought >= 10), 0) AS top_o,
    coalesce(sum(followers) FILTER (bought >= 10), 0) AS tfr, coalesce(sum(follows) FILTER (bought >= 10), 0) AS tfw
  FROM users WHERE bought > 0 GROUP BY country)
SELECT country, n AS buyers, nt AS topbuyers, ratio(100 * nt, n, 1) AS topbuyerratio, f AS femalebuyers,
  m AS malebuyers, tf AS topfemalebuyers, tm AS topmalebuyers, ratio(100 * f, n, 1) AS femalebuyersratio,
  ratio(100 * tf, nt, 1) AS topfemalebuyersratio, ratio(100 * b, w, 2) AS boughtperwishlistratio,
  ratio(100 * b, l, 2) AS boughtperlikeratio, ratio(100 * tb, tw, 2) AS topboughtperwishlistratio,
  ratio(100 * tb, tl, 2) AS topboughtperlikeratio, b AS totalproductsbought, w AS totalproductswished,
  l AS totalproductsliked, tb AS toptotalproductsbought, tw AS toptotalproductswished, tl AS toptotalproductsliked,
  ratio(b, n, 1) AS meanproductsbought, ratio(w, n, 1) AS meanproductswished, ratio(l, n, 1) AS meanproductsliked,
  ratio(tb, nt, 1) AS topmeanproductsbought, ratio(tw, nt, 1) AS topmeanproductswished,
  ratio(tl, nt, 1) AS topmeanproductsliked, ratio(o, n, 1) AS meanofflinedays, ratio(top_o, nt, 1) AS topmeanofflinedays,
  ratio(fr, n, 1) AS meanfollowers, ratio(fw, n, 1) AS meanfollowing, ratio(tfr, nt, 1) AS topmeanfollowers,
  ratio(tfw, nt, 1) AS topmeanfollowing
FROM g ORDER BY nt DESC, n DESC, o::VARCHAR, country`,
};

const sellers: Report = {
  file: 'Comparison-of-Sellers-by-Gender-and-Country.csv',
  query: `WITH s AS (SELECT *, CASE gender WHEN 'F' THEN 'Female' WHEN 'M' THEN 'Male' END AS sex
    FROM users WHERE sold > 0 OR listed > 0),
  g AS (SELECT country, sex, count(*) AS n, sum(sold) AS so, sum(listed) AS li, sum(rate10) AS ra, sum(bought) AS b,
    sum(wished) AS w, sum(liked) AS l, sum(followers) AS fr, sum(follows) AS fw, sum(seniority) AS se,
    sum(CASE WHEN app THEN 1 END) AS app, sum(CASE WHEN ios THEN 1 END) AS ios
  FROM s GROUP BY GROUPING SETS ((country, sex), (sex), ()))
SELECT country, sex, n AS nbsellers, ratio(so, n, 2) AS meanproductssold, ratio(li, n, 2) AS meanproductslisted,
  ratio(ra, 10 * n, 2) AS meansellerpassrate, so AS totalproductssold, li AS totalproductslisted,
  ratio(b, n, 2) AS meanproductsbought, ratio(w, n, 2) AS meanproductswished, ratio(l, n, 2) AS meanproductsliked,
  b AS totalbought, w AS totalwished, l AS totalproductsliked, ratio(fr, n, 1) AS meanfollowers,
  ratio(fw, n, 1) AS meanfollows, (100 * app // n)::VARCHAR || '.0' AS percentofappusers,
  (100 * ios // n)::VARCHAR || '.0' AS percentofiosusers, (se::DOUBLE / n)::VARCHAR AS meanseniority
FROM g ORDER BY country NULLS LAST, sex NULLS LAST`,
};

const topSellers: Report = {
  file: 'Countries-with-Top-Sellers-(Fashion-C2C).csv',
  query: `WITH g AS (SELECT country, count(*) AS n, count(*) FILTER (sold >= 20) AS nt,
    count(*) FILTER (gender = 'F') AS f, count(*) FILTER (gender = 'M') AS m,
    count(*) FILTER (gender = 'F' AND sold >= 20) AS tf, count(*) FILTER (gender = 'M' AND sold >= 20) AS tm,
    sum(sold) AS so, sum(listed) AS li, sum(offline) AS o, sum(followers) AS fr, sum(follows) AS fw,
    sum(sold) FILTER (sold >= 20) AS tso, sum(listed) FILTER (sold >= 20) AS tli,
    sum(offline) FILTER (sold >= 20) AS top_o, sum(followers) FILTER (sold >= 20) AS tfr,
    sum(follows) FILTER (sold >= 20) AS tfw
  FROM users WHERE sold > 0 GROUP BY country HAVING nt > 0)
SELECT country, n AS sellers, nt AS topsellers, ratio(100 * nt, n, 1) AS topsellerratio,
  ratio(100 * f, n, 1) AS femalesellersratio, ratio(100 * tf, nt, 1) AS topfemalesellersratio, f AS femalesellers,
  m AS malesellers, tf AS topfemalesellers, tm AS topmalesellers, ratio(so, li, 2) AS countrysoldratio,
  ratio(tso, tli, 2) AS bestsoldratio, tso AS toptotalproductssold, so AS totalproductssold,
  tli AS toptotalproductslisted, li AS totalproductslisted, cut24(tso, nt) AS topmeanproductssold,
  cut24(tli, nt) AS topmeanproductslisted, cut24(so, n) AS meanproductssold, cut24(li, n) AS meanproductslisted,
  ratio(o, n, 1) AS meanofflinedays, ratio(top_o, nt, 1) AS topmeanofflinedays, ratio(fr, n, 1) AS meanfollowers,
  ratio(fw, n, 1) AS meanfollowing, ratio(tfr, nt, 1) AS topmeanfollowers, ratio(tfw, nt, 1) AS topmeanfollowing
FROM g ORDER BY nt::DOUBLE / n DESC, o::VARCHAR, country`,
};

/**
 * Computes the partner's reports from a users file with DuckDB, so that they share no code with the notebooks.
 * @returns text of each file by its name: UTF-8, LF, header, empty field for NULL
 */
export async function computeReports(usersFile: string): Promise<Map<string, string>> {
  const connection = await (await DuckDBInstance.create()).connect();
  try {
    for (const statement of [...macros, users(usersFile)]) await connection.run(statement);
    const texts = new Map<string, string>();
    for (const { file, query } of [buyers, sellers, topSellers]) {
      const answer = await connection.runAndReadAll(query);
      const rows = answer.getRowsJson().map((row) => row.map((cell) => (cell === null ? '' : String(cell))));
      texts.set(file, [answer.columnNames(), ...rows].map((cells) => `${cells.join(',')}\n`).join(''));
    }
    return texts;
  } finally {
    connection.closeSync();
  }
}
