import type { Address } from '@/lib/egress/resolve';

/** One attempt to make us send a request where none may go. */
export type Variant = {
  /** What is tried, in a few words. */
  how: string;
  url: string;
  /** What a resolver answers, call by call; the last answer is repeated. */
  answers?: Address[][];
};

type Random = (below: number) => number;

/** Where the victim listens, and a receiver that is allowed: both on this machine. */
export const VICTIM = '127.0.0.1';
export const DECOY = '127.0.0.9';

const METADATA = ['169.254.169.254', '169.254.170.2', '100.100.100.200', '192.0.0.192', '168.63.129.16'];
const METADATA_V6 = ['fd00:ec2::254', 'fd20:ce::254', 'fe80::a9fe:a9fe'];
/** First and last part of ranges that are no one's to reach: [low, high] for each of the four parts. */
const RANGES: [number, number][][] = [
  ...[[10], [127], [0]].map(([first]) => [[first, first], ...Array(3).fill([0, 255])] as [number, number][]),
  ...[
    [172, 16, 31],
    [192, 168, 168],
    [169, 254, 254],
    [100, 64, 127],
    [198, 18, 19],
  ].map(
    ([first, low, high]) =>
      [
        [first, first],
        [low, high],
        [0, 255],
        [0, 255],
      ] as [number, number][],
  ),
  [
    [224, 255],
    [0, 255],
    [0, 255],
    [0, 255],
  ],
];

const aPrivate = (random: Random): number[] => {
  const kind = random(4);
  if (kind === 0) return VICTIM.split('.').map(Number);
  if (kind === 1) return (METADATA[random(METADATA.length)] as string).split('.').map(Number);
  return (RANGES[random(RANGES.length)] as [number, number][]).map(([low, high]) => low + random(high - low + 1));
};

const number = (parts: number[]): number => parts.reduce((sum, part) => sum * 256 + part, 0);

/** A number as programs that read addresses loosely accept it: decimal, octal, hexadecimal, with zeros before. */
function inSomeBase(value: number, random: Random): string {
  const zeros = '0'.repeat(random(4));
  return [String(value), `0${zeros}${value.toString(8)}`, `0x${zeros}${value.toString(16)}`, `0X${value.toString(16).toUpperCase()}`][
    random(4)
  ] as string;
}

const FULL_WIDTH = (text: string) => text.replace(/[0-9]/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
const IN_CIRCLES = (text: string) => text.replace(/[1-9]/g, (digit) => String.fromCodePoint(0x2460 + Number(digit) - 1));
const PERCENT = (text: string) => text.replace(/./g, (each) => `%${each.charCodeAt(0).toString(16)}`);
const OTHER_DOTS = (text: string) => text.replaceAll('.', '。');

function v4(random: Random): [string, string] {
  const parts = aPrivate(random);
  const kept = 1 + random(4);
  const loose = [...parts.slice(0, kept - 1), number(parts.slice(kept - 1))].map((each) => inSomeBase(each, random)).join('.');
  const dotted = parts.join('.');
  const dressed = [FULL_WIDTH, IN_CIRCLES, PERCENT, OTHER_DOTS][random(4)] as (text: string) => string;
  return [
    ['IPv4', dotted],
    ['IPv4 in other bases or fewer parts', loose],
    ['IPv4 with a dot after it', `${loose}.`],
    ['IPv4 in other letters', dressed(dotted)],
  ][random(4)] as [string, string];
}

const hex = (parts: number[]): string => {
  const [a = 0, b = 0, c = 0, d = 0] = parts;
  return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
};

function v6(random: Random): [string, string] {
  const parts = aPrivate(random);
  const [dotted, pair] = [parts.join('.'), hex(parts)];
  const tail = random(65_536).toString(16);
  return [
    ['mapped', `::ffff:${dotted}`],
    ['mapped, in hexadecimal', `::FFFF:${pair}`],
    ['mapped, written out', `0:0:0:0:0:ffff:${dotted}`],
    ['compatible', `::${dotted}`],
    ['translated', `::ffff:0:${dotted}`],
    ['NAT64', `64:ff9b::${dotted}`],
    ['NAT64 of a network of its own', `64:ff9b:1::${dotted}`],
    ['6to4', `2002:${pair}::${tail}`],
    ['Teredo', `2001:0:${pair}::${tail}`],
    ['loopback', ['::1', '0:0:0:0:0:0:0:1', '::0001', '::'][random(4)] as string],
    ['unique local', `f${'cd'[random(2)]}${random(256).toString(16).padStart(2, '0')}::${tail}`],
    ['link-local', `fe${'89ab'[random(4)]}0::${tail}`],
    ['site-local', `fec0::${tail}`],
    ['multicast', `ff0${random(16).toString(16)}::${tail}`],
    ['metadata', METADATA_V6[random(METADATA_V6.length)] as string],
  ][random(15)] as [string, string];
}

const NAMES = [
  'localhost',
  'api.localhost',
  'metadata.google.internal',
  'rebind.example',
  'db',
  'intranet.example.',
  'xn--nxasmq6b.example',
];
const at = (text: string): Address => ({ address: text, family: text.includes(':') ? 6 : 4 });

function byName(random: Random, port: number): Variant {
  const name = NAMES[random(NAMES.length)] as string;
  const target = random(2) === 0 ? at(aPrivate(random).join('.')) : at(plainV6(v6(random)[1]));
  const url = `https://${name}:${port}/`;
  return random(2) === 0
    ? { how: 'a name of a private address', url, answers: [[target]] }
    : { how: 'a name of a public and a private address', url, answers: [[at('93.184.215.14'), target].sort(() => random(2) - 0.5)] };
}

/** As a resolver writes it. */
const plainV6 = (text: string): string => new URL(`http://[${text}]/`).hostname.slice(1, -1);

const SCHEMES = ['file', 'ftp', 'gopher', 'ws', 'wss', 'data', 'blob:http', 'dict', 'ldap', 'javascript'];

/** A random attempt that names its target in the address itself or in the first answer of a resolver: it must be refused outright. */
export function aVariant(random: Random, port: number): Variant {
  const [kind, host] = random(2) === 0 ? v4(random) : v6(random);
  const literal = host.includes(':') ? `[${host}]` : host;
  const scheme = random(2) === 0 ? 'http' : 'https';
  switch (random(6)) {
    case 0:
      return byName(random, port);
    case 1:
      return { how: `${kind}, after a name and a password`, url: `${scheme}://hooks.example.com:443@${literal}:${port}/` };
    case 2:
      return { how: `${kind}, by another scheme`, url: `${SCHEMES[random(SCHEMES.length)]}://${literal}:${port}/` };
    case 3:
      return { how: `${kind}, with slashes the wrong way`, url: `${scheme}:\\\\${literal}:${port}\\` };
    default:
      return { how: kind, url: `${scheme}://${literal}:${port}/` };
  }
}

/** A name that leads to the allowed receiver when it is asked first, and to a private address ever after. */
export function aRebinding(random: Random, port: number): Variant {
  const then = random(2) === 0 ? [at(VICTIM)] : [at('::1')];
  return { how: 'rebinding', url: `http://rebind-${random(1_000)}.example:${port}/`, answers: [[at(DECOY)], then] };
}

/** The allowed receiver, which sends on to somewhere private. */
export function aRedirect(random: Random, port: number): Variant {
  const onward = aVariant(random, port).url;
  const status = [301, 302, 303, 307, 308][random(5)];
  return { how: `a redirect (${status})`, url: `http://${DECOY}:${port}/?to=${encodeURIComponent(onward)}&status=${status}` };
}
