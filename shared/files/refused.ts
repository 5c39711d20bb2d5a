/** A file that is not read, and why in words that follow on its name: "data.csv: line 3 holds…". */
export class FileRefused extends Error {
  override readonly name = 'FileRefused';
}
