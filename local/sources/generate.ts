import { type Country, countries } from './countries';
import { type Random, random } from './random';
import type { User } from './user';

const whole = countries.reduce((sum, { weight }) => sum + weight, 0);

function pickCountry(dice: Random): Country {
  let left = dice.unit() * whole;
  for (const country of countries) {
    left -= country.weight;
    if (left < 0) return country;
  }
  return countries[0] as Country;
}

/** Most people only look; few sell, fewer sell much. */
function trade(dice: Random) {
  const seller = dice.chance(0.06);
  const sold = seller && dice.chance(0.75) ? 1 + dice.tail(dice.chance(0.25) ? 30 : 3) : 0;
  const listed = seller ? (sold === 0 ? 1 + dice.tail(3) : dice.tail(6)) : 0;
  const buyer = dice.chance(seller ? 0.4 : 0.07);
  const bought = buyer ? 1 + dice.tail(dice.chance(0.12) ? 18 : 1.6) : 0;
  const busy = seller || buyer;
  const liked = busy || dice.chance(0.15) ? dice.tail(busy ? 40 : 6) : 0;
  const wished = busy || dice.chance(0.08) ? dice.tail(busy ? 20 : 5) : 0;
  return { seller, buyer, sold, listed, bought, liked, wished, busy };
}

const flag = (value: boolean): string => (value ? 'True' : 'False');

/** One user of the shop: a signed 64-bit id, skewed activity, and columns that agree with one another. */
export function generateUser(dice: Random): User {
  const country = pickCountry(dice);
  const female = dice.chance(0.77);
  const miss = female && dice.chance(0.006);
  const did = trade(dice);
  const android = dice.chance(0.05);
  const ios = dice.chance(did.busy ? 0.45 : 0.2);
  const seniority = 2852 + dice.below(354);
  return {
    identifierHash: dice.int64().toString(),
    type: 'user',
    country: country.name,
    language: dice.chance(0.9) ? country.language : 'en',
    socialNbFollowers: String(3 + (did.seller ? dice.tail(8) : dice.tail(0.4))),
    socialNbFollows: String(8 + (did.busy ? dice.tail(4) : dice.tail(0.2))),
    socialProductsLiked: String(did.liked),
    productsListed: String(did.listed),
    productsSold: String(did.sold),
    productsPassRate: did.sold > 3 ? (dice.below(1001) / 10).toFixed(1) : '0.0',
    productsWished: String(did.wished),
    productsBought: String(did.bought),
    gender: female ? 'F' : 'M',
    civilityGenderId: miss ? '3' : female ? '2' : '1',
    civilityTitle: miss ? 'miss' : female ? 'mrs' : 'mr',
    hasAnyApp: flag(android || ios),
    hasAndroidApp: flag(android),
    hasIosApp: flag(ios),
    hasProfilePicture: flag(dice.chance(0.98)),
    daysSinceLastLogin: String(11 + (did.busy ? dice.tail(220) : dice.below(700))),
    seniority: String(seniority),
    seniorityAsMonths: String(Number((seniority / 30).toFixed(2))),
    seniorityAsYears: String(Number((seniority / 360).toFixed(2))),
    countryCode: country.code,
  };
}

/**
 * The users of a shop, none twice.
 * @param seed the same seed and count give the same users, byte for byte
 */
export function* generateUsers(count: number, seed: number): Generator<User> {
  const dice = random(seed);
  const seen = new Set<string>();
  while (seen.size < count) {
    const user = generateUser(dice);
    if (seen.has(user.identifierHash)) continue;
    seen.add(user.identifierHash);
    yield user;
  }
}
