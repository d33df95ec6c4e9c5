import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

type File = { at: string; text: string };
type Rule = (files: File[]) => string[];

const TOP = ['app', 'bench', 'components', 'e2e', 'lib', 'scripts', 'sdk', 'server'];
const MAY_IMPORT: Record<string, string[]> = {
  app: ['components', 'lib'],
  bench: ['scripts', 'server', 'sdk', 'lib'],
  components: ['lib'],
  e2e: ['scripts', 'server', 'lib'],
  lib: ['prisma'],
  scripts: ['server', 'lib'],
  sdk: [],
  server: ['lib'],
};
// What stands on one line may import each other; otherwise only leftward, or upward here.
const LIB_ORDER = [
  ['kernel'],
  ['env', 'clock', 'db', 'listen', 'egress', 'metrics', 'context'],
  ...[
    'audit',
    'auth',
    'http',
    'event',
    'org',
    'notice',
    'workload',
    'price',
    'provider',
    'ledger',
    'forecast',
    'budget',
    'insight',
    'stop',
    'containment',
    'breach',
  ].map((noun) => [noun]),
  ...['recovery', 'spend', 'value', 'flag', 'gateway', 'playbook', 'lead', 'sample', 'setup', 'jobs', 'api', 'testing'].map((noun) => [
    noun,
  ]),
];

const isTest = (at: string) => /\.(test|spec)\.tsx?$|(^|\/)testing\//.test(at);
const lines = (text: string) => text.trimEnd().split('\n').length;
const codeOf = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(?<![:'"`])\/\/.*$/gm, '');
const each = (files: File[], wrong: (file: File) => boolean, say: string) => files.filter(wrong).map(({ at }) => `${at}: ${say}`);
const holding =
  (pattern: RegExp, where: (at: string) => boolean, say: string): Rule =>
  (files) =>
    each(files, ({ at, text }) => where(at) && pattern.test(codeOf(text)), say);

const layer = (at: string): string => at.split('/')[1]?.replace(/\.tsx?$/, '') ?? '';
const rank = (at: string): number => LIB_ORDER.findIndex((names) => names.includes(layer(at)));

/** What a file imports of ours, as paths without extension. */
function importsOf({ at, text }: File): string[] {
  const named = [...codeOf(text).matchAll(/(?:from|import)\s*\(?\s*'(@\/|\.{1,2}\/)([^']+)'/g)];
  return named.map(
    ([, start, rest]) => (start === '@/' ? rest : path.posix.join(path.posix.dirname(at), start as string, rest as string)) as string,
  );
}

function importsUphill(files: File[]): string[] {
  return files
    .filter(({ at }) => !isTest(at))
    .flatMap((file) =>
      importsOf(file).flatMap((to) => {
        const [from, target] = [file.at.split('/')[0] as string, to.split('/')[0] as string];
        if (TOP.includes(from) && from !== target && !MAY_IMPORT[from]?.includes(target))
          return [
            `${file.at} imports ${to}: imports run app, server, scripts → components → lib; move what it needs into ${from} or below.`,
          ];
        if (from !== 'lib' || target !== 'lib' || rank(to) <= rank(file.at)) return [];
        return [
          `${file.at} imports ${to}, which stands to its right: hand the value in, or move what spans both to the right (lib/spend).`,
        ];
      }),
    );
}

function circles(files: File[]): string[] {
  const edges = new Map(files.map((file) => [file.at.replace(/\.tsx?$/, ''), importsOf(file)]));
  const done = new Set<string>();
  const found: string[] = [];
  const walk = (at: string, trail: string[]) => {
    if (trail.includes(at))
      found.push(`${[...trail.slice(trail.indexOf(at)), at].join(' → ')}: cut this circle; move what both need into a file of its own.`);
    if (trail.includes(at) || done.has(at)) return;
    for (const to of edges.get(at) ?? []) walk(to, [...trail, at]);
    done.add(at);
  };
  for (const at of edges.keys()) walk(at, []);
  return found;
}

function fullFolders(files: File[]): string[] {
  const folders = Map.groupBy(
    files.filter(({ at }) => !/\.(test|spec)\.tsx?$/.test(at)),
    ({ at }) => path.posix.dirname(at),
  );
  return [...folders]
    .filter(([, list]) => list.length > 15)
    .map(([at, list]) => `${at} holds ${list.length} files, more than 15: find the noun that is hiding in it.`);
}

const NAMES = /(^|\/)(utils?|helpers?|misc|common|types)(\/|\.)|-v\d+[./]/;
const product = (at: string) => /^(app|components|lib|server)\//.test(at);
const onServer = (at: string) => /^(app|lib|server)\//.test(at) && at !== 'lib/clock.ts' && !isTest(at);

const RULES: Record<string, Rule> = {
  'imports run downward and leftward': importsUphill,
  'there are no import circles': circles,
  'every folder of lib has its place in the order': (files) =>
    each(
      files,
      ({ at }) => at.startsWith('lib/') && !isTest(at) && rank(at) < 0,
      'lib has no such noun; give it its place in LIB_ORDER and in lib/README.md.',
    ),
  'a file has at most 200 lines': (files) =>
    each(files, ({ text }) => lines(text) > 200, 'more than 200 lines; it does two things, part them.'),
  'a route has at most 40 lines': (files) =>
    each(
      files,
      ({ at, text }) => /^app\/.*\/route\.ts$/.test(at) && lines(text) > 40,
      'a route mounts a door; move the rest into its noun.',
    ),
  'a folder has at most 15 files besides tests': fullFolders,
  'names say what a thing is': (files) =>
    each(files, ({ at }) => NAMES.test(at), 'name it by what it does or is, in the words of the domain.'),
  'no file only passes others on': (files) =>
    each(
      files,
      ({ at, text }) =>
        // A package's own door is one: programs import its name.
        at !== 'sdk/src/index.ts' &&
        /\/index\.tsx?$/.test(at) &&
        codeOf(text)
          .replace(/(export|import)\s[^;]*from\s*'[^']*';?/g, '')
          .trim() === '',
      'a barrel; import from the file itself.',
    ),
  'nothing is any': holding(/(:|\bas|[<|&])\s*any\b/, () => true, 'say the type, or take unknown and look.'),
  'nothing is left for later': (files) =>
    each(files, ({ text }) => /\b(TODO|FIXME|XXX)\b|@ts-(ignore|nocheck|expect-error)/.test(text), 'finish it, or leave it out.'),
  'no test is switched off or alone': holding(/\b(it|test|describe)\.(only|skip|todo|fixme)\b/, isTest, 'a test runs or goes.'),
  'one file reads the environment': holding(
    /process\.env\b/,
    (at) => product(at) && at !== 'lib/env.ts' && !isTest(at),
    'ask lib/env.ts; a new variable goes into its schema.',
  ),
  'one file reads the clock': holding(/Date\.now\(|new Date\(\)/, onServer, 'take ctx.now; only lib/clock.ts reads the time.'),
  'no SQL reads the clock': holding(
    /(?<![.\w])(now\(\)|(clock|statement|transaction)_timestamp\(\)|current_(timestamp|date|time)\b|localtimestamp\b)/i,
    onServer,
    'hand the time in as a value (ctx.now), or use clockSql() of lib/clock.ts.',
  ),
  'one folder sends requests out': holding(
    /\bfetch\(|\bhttps?\.(request|get)\(|\b(net|tls)\.connect\(/,
    // The browser asks us, the front asks the pages: neither leaves the house.
    (at) => onServer(at) && !/^lib\/(egress\/|http\/call\.ts$|auth\/client\.ts$)|^server\/forward\.ts$/.test(at),
    'send it by sendOut of lib/egress, which reaches only who it should.',
  ),
  'a relative path stays inside its noun': (files) =>
    files
      .filter(({ at }) => at.startsWith('lib/'))
      .flatMap(({ at, text }) =>
        [...codeOf(text).matchAll(/from\s+'(\.\.\/[^']+)'/g)]
          .map(([, to]) => path.posix.join(path.posix.dirname(at), to as string))
          .filter((to) => layer(to) !== layer(at))
          .map((to) => `${at} reaches ${to} by a relative path: import it by its name, '@/${to}'.`),
      ),
};

/** One planted fault for each rule: a rule that cannot fail holds nothing. */
const FAULTS: Record<string, File[]> = {
  'imports run downward and leftward': [{ at: 'lib/budget/a.ts', text: "import { x } from '@/lib/spend/x';" }],
  'there are no import circles': [
    { at: 'lib/stop/a.ts', text: "import { b } from './b';" },
    { at: 'lib/stop/b.ts', text: "import { a } from '@/lib/stop/a';" },
  ],
  'every folder of lib has its place in the order': [{ at: 'lib/novelty/a.ts', text: '' }],
  'a file has at most 200 lines': [{ at: 'lib/stop/a.ts', text: 'x\n'.repeat(201) }],
  'a route has at most 40 lines': [{ at: 'app/api/a/route.ts', text: 'x\n'.repeat(41) }],
  'a folder has at most 15 files besides tests': Array.from({ length: 16 }, (_, n) => ({ at: `lib/stop/f${n}.ts`, text: '' })),
  'names say what a thing is': [{ at: 'lib/stop/utils.ts', text: '' }],
  'no file only passes others on': [{ at: 'lib/stop/index.ts', text: "export * from './raise';\nexport { a } from './b';" }],
  'nothing is any': [{ at: 'lib/stop/a.ts', text: 'const a: any = 1;' }],
  'nothing is left for later': [{ at: 'lib/stop/a.ts', text: '// TODO later' }],
  'no test is switched off or alone': [{ at: 'lib/stop/a.test.ts', text: "it.only('x', () => 1);" }],
  'one file reads the environment': [{ at: 'lib/stop/a.ts', text: 'process.env.PORT' }],
  'one file reads the clock': [{ at: 'server/a.ts', text: 'const at = new Date();' }],
  'no SQL reads the clock': [{ at: 'lib/stop/a.ts', text: 'tx.query(`UPDATE stop SET lifted_at = now()`)' }],
  'one folder sends requests out': [{ at: 'lib/stop/a.ts', text: "await fetch('https://example.com')" }],
  'a relative path stays inside its noun': [{ at: 'lib/stop/a.ts', text: "import { b } from '../budget/b';" }],
};

const ROOT = path.resolve(import.meta.dirname, '..');
const HOUSE: File[] = TOP.filter((folder) => existsSync(path.join(ROOT, folder)))
  .flatMap((folder) => readdirSync(path.join(ROOT, folder), { withFileTypes: true, recursive: true }))
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/node_modules|[\\/]\.next/.test(entry.parentPath))
  .map((entry) => path.join(entry.parentPath, entry.name))
  .map((file) => ({ at: path.relative(ROOT, file).replaceAll(path.sep, '/'), text: readFileSync(file, 'utf8') }))
  .filter(({ at }) => at !== 'lib/architecture.test.ts');

describe('the house', () => {
  it.each(Object.entries(RULES))('%s', (_, rule) => expect(rule(HOUSE)).toEqual([]));
  it.each(Object.keys(RULES))('would notice where this is not so: %s', (name) => expect(RULES[name]?.(FAULTS[name] ?? [])).not.toEqual([]));
});
