/** `1234567` as `1,234,567`; works on the text, so nothing past 2^53 is lost. */
export const count = (text: string): string => text.replace(/\B(?=(\d{3})+$)/g, ',');
