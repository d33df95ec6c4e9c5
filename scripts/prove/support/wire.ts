import net from 'node:net';

/** The statement as it goes to Postgres, and what Postgres answers when it is done. */
const COMMIT = Buffer.from('COMMIT\0');

/** A connection on both its sides; a deaf one hands on nothing. */
type Pair = { end: () => void; isDeaf: boolean };

/** Stands between app processes and Postgres, as a network does, and fails as one. */
export class Wire {
  private readonly server: net.Server;
  private readonly pairs = new Set<Pair>();
  private cut: 'before' | 'after' | null = null;
  private isSilent = false;
  /** Connections that were cut in COMMIT, before Postgres had heard of it or with its answer on the way. */
  cuts = 0;

  /** @param postgresPort where Postgres listens, whichever of its lives it is in */
  constructor(postgresPort: number) {
    this.server = net.createServer((client) => this.join(client, net.connect(postgresPort, '127.0.0.1')));
  }

  /** Begins to listen. @returns the port that takes Postgres' place */
  async open(): Promise<number> {
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
    return (this.server.address() as net.AddressInfo).port;
  }

  /** Cuts the next connection that commits. */
  cutNextCommit(how: 'before' | 'after'): void {
    this.cut = how;
  }

  /** From now on what is sent is swallowed, on what is open for ever; neither end hears anything of it. */
  fallSilent(): void {
    this.isSilent = true;
    for (const pair of this.pairs) pair.isDeaf = true;
  }

  /** What is opened from now on gets through again. */
  speakAgain(): void {
    this.isSilent = false;
  }

  /** Cuts whatever is open. */
  cutAll(): void {
    for (const pair of [...this.pairs]) pair.end();
  }

  async close(): Promise<void> {
    this.cutAll();
    await new Promise((done) => this.server.close(done));
  }

  private join(client: net.Socket, postgres: net.Socket): void {
    const end = () => {
      this.pairs.delete(pair);
      client.destroy();
      postgres.destroy();
    };
    const pair: Pair = { end, isDeaf: this.isSilent };
    let isCut = false;
    this.pairs.add(pair);
    client.on('error', end).on('close', end);
    postgres.on('error', end).on('close', end);
    client.on('data', (bytes) => {
      if (pair.isDeaf) return;
      const how = bytes.includes(COMMIT) ? this.cut : null;
      if (how !== null) {
        this.cut = null;
        this.cuts++;
      }
      if (how === 'before') return end();
      if (how === 'after') isCut = true;
      postgres.write(bytes);
    });
    // What Postgres answers to a COMMIT that is cut, and to what was sent with it, nobody hears: the answer is the sign that it is done.
    postgres.on('data', (bytes) => {
      if (pair.isDeaf) return;
      if (!isCut) client.write(bytes);
      else if (bytes.includes(COMMIT)) end();
    });
  }
}
