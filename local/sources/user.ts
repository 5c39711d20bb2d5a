/** The 24 columns of the shop's users, in the order of the file; all values travel as text. */
export const userColumns = [
  'identifierHash',
  'type',
  'country',
  'language',
  'socialNbFollowers',
  'socialNbFollows',
  'socialProductsLiked',
  'productsListed',
  'productsSold',
  'productsPassRate',
  'productsWished',
  'productsBought',
  'gender',
  'civilityGenderId',
  'civilityTitle',
  'hasAnyApp',
  'hasAndroidApp',
  'hasIosApp',
  'hasProfilePicture',
  'daysSinceLastLogin',
  'seniority',
  'seniorityAsMonths',
  'seniorityAsYears',
  'countryCode',
] as const;

export type UserColumn = (typeof userColumns)[number];

/** One user as the file writes it: numbers in digits, flags as True and False. */
export type User = Record<UserColumn, string>;

const flags: ReadonlySet<UserColumn> = new Set(['hasAnyApp', 'hasAndroidApp', 'hasIosApp', 'hasProfilePicture']);

/** Whether the file writes this column as True or False. */
export const isFlag = (column: UserColumn): boolean => flags.has(column);

/** One line of the users file, without its end. No value of a user needs quotes. */
export const csvLine = (user: User): string => userColumns.map((column) => user[column]).join(',');
