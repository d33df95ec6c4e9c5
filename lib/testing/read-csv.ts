/** Reads CSV (RFC 4180) as a spreadsheet does. */
export function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)/g)) {
    rows.at(-1)?.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if (end === '\n') rows.push([]);
  }
  return rows.filter((row) => row.length > 1);
}

/** The sum of a column, of those rows that are meant. */
export function columnSum(csv: string, name: string, isMeant: (row: Record<string, string>) => boolean = () => true): bigint {
  const [header = [], ...rows] = readCsv(csv);
  if (!header.includes(name)) throw new Error(`There is no column ${name} in ${header.join(',')}`);
  const named = rows.map((row) => Object.fromEntries(header.map((column, i) => [column, row[i] ?? ''])));
  return named.filter(isMeant).reduce((sum, row) => sum + BigInt(row[name] ?? ''), 0n);
}
