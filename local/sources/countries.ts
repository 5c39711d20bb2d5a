/** One country of the generated shop: its code, its French name as the shop writes it, its share and its language. */
export interface Country {
  readonly code: string;
  readonly name: string;
  readonly weight: number;
  readonly language: 'en' | 'fr' | 'de' | 'it' | 'es';
}

type Row = readonly [code: string, name: string, weight: number, language?: Country['language']];

// Weights fall steeply, as they do in real shops: some countries carry the figures and most hold a handful of users.
const ROWS: readonly Row[] = [
  ['fr', 'France', 2500, 'fr'],
  ['us', 'Etats-Unis', 1051],
  ['gb', 'Royaume-Uni', 633],
  ['it', 'Italie', 442, 'it'],
  ['de', 'Allemagne', 334, 'de'],
  ['es', 'Espagne', 266, 'es'],
  ['au', 'Australie', 220],
  ['dk', 'Danemark', 186],
  ['se', 'Suède', 160],
  ['be', 'Belgique', 141, 'fr'],
  ['ca', 'Canada', 125],
  ['nl', 'Pays-Bas', 112],
  ['ch', 'Suisse', 101, 'fr'],
  ['hk', 'Hong Kong', 92],
  ['fi', 'Finlande', 85],
  ['at', 'Autriche', 78, 'de'],
  ['ru', 'Russie', 72],
  ['ie', 'Irlande', 67],
  ['cn', 'Chine', 63],
  ['ro', 'Roumanie', 59],
  ['sg', 'Singapour', 56],
  ['gr', 'Grèce', 52],
  ['pt', 'Portugal', 50],
  ['pl', 'Pologne', 47],
  ['mx', 'Mexique', 45, 'es'],
  ['no', 'Norvège', 43],
  ['ma', 'Maroc', 41, 'fr'],
  ['jp', 'Japon', 39],
  ['in', 'Inde', 37],
  ['sa', 'Arabie Saoudite', 36],
  ['kr', 'Corée du Sud', 34],
  ['tw', 'Taiwan', 33],
  ['ae', 'Émirats arabes unis', 32],
  ['my', 'Malaisie', 30],
  ['hr', 'Croatie', 29],
  ['nz', 'Nouvelle Zélande', 28],
  ['lu', 'Luxembourg', 27, 'fr'],
  ['ua', 'Ukraine', 26],
  ['il', 'Israel', 26],
  ['tr', 'Turquie', 25],
  ['ph', 'Philippines', 24],
  ['br', 'Brésil', 23],
  ['tn', 'Tunisie', 23],
  ['za', 'Afrique du Sud', 22],
  ['bg', 'Bulgarie', 21],
  ['th', 'Thailande', 21],
  ['kw', 'Kowait', 20],
  ['dz', 'Algérie', 20],
  ['id', 'Indonésie', 19],
  ['vn', 'Viet Nam', 19],
  ['hu', 'Hongrie', 18],
  ['cz', 'République tchèque', 18],
  ['cy', 'Chypre', 17],
  ['rs', 'Serbie', 17],
  ['sk', 'Slovaquie', 17],
  ['re', 'Réunion', 16],
  ['co', 'Colombie', 16],
  ['cl', 'Chili', 16],
  ['lv', 'Lettonie', 15],
  ['qa', 'Qatar', 15],
  ['lt', 'Lituanie', 15],
  ['ar', 'Argentine', 14],
  ['gp', 'Guadeloupe', 14],
  ['al', 'Albanie', 14],
];

export const countries: readonly Country[] = ROWS.map(([code, name, weight, language = 'en']) => ({
  code,
  name,
  weight,
  language,
}));
