type Address = { pathname: string; search: string };

/** What an address says beside what views keep there, in the order in which it says it. */
const besides = (search: string, own: ReadonlySet<string>): string =>
  new URLSearchParams([...new URLSearchParams(search)].filter(([name]) => !own.has(name))).toString();

/** Whether an address differs from another only in what views of the page keep there under these names. */
export function isOwnChange(from: Address, to: Address, names: Iterable<string>): boolean {
  const own = new Set(names);
  return from.pathname === to.pathname && besides(from.search, own) === besides(to.search, own);
}
