/** What the code makes of a file: `text` stands in it between the line of `mark: npm run docs` and that of its end. */
export interface MadeTable {
  readonly file: string;
  readonly mark: string;
  readonly text: string;
}

/** What stands in a file between the marks, the line breaks at both ends included. */
export function between(file: string, mark: string): string | undefined {
  const [start, end] = [`${mark}: npm run docs`, `end of ${mark}`].map(
    (text) => `(?:<!-- |\\t*# )${text}(?: -->)?\n`,
  );
  return new RegExp(`^${start}([\\s\\S]*?)^${end}`, 'm').exec(file)?.[1];
}

/** The text as it stands between its marks: of a page with blank lines around it. */
export function placed({ file, text }: MadeTable): string {
  return file.endsWith('.md') ? `\n${text}\n\n` : `${text}\n`;
}
