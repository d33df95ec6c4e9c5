import net from 'node:net';

/** The statement as it goes to Postgres, and what Postgres answers when it is done. */
const COMMIT = Buffer.from('COMMIT\0');

/** Stands between app processes and Postgres, as a network does, and fails as one. */
export class Wire {
  private readonly server: net.Server;
  private readonly pairs = new Set<() => void>();
  private cut: 'before' | 'after' | null = null;
  private deaf = false;
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

  /** From now on nobody gets through: what is sent is swallowed, and what is new waits. The other end hears nothing of it. */
  fallSilent(): void {
    this.deaf = true;
  }

  /** Breaks what there is and is whole again for what comes: nothing that was swallowed arrives late. */
  mend(): void {
    this.deaf = false;
    for (const end of [...this.pairs]) end();
  }

  async close(): Promise<void> {
    for (const end of [...this.pairs]) end();
    await new Promise((done) => this.server.close(done));
  }

  private join(client: net.Socket, postgres: net.Socket): void {
    let isDeaf = false;
    const end = () => {
      this.pairs.delete(end);
      client.destroy();
      postgres.destroy();
    };
    this.pairs.add(end);
    client.on('error', end).on('close', end);
    postgres.on('error', end).on('close', end);
    client.on('data', (bytes) => {
      if (this.deaf) return;
      const how = bytes.includes(COMMIT) ? this.cut : null;
      if (how !== null) {
        this.cut = null;
        this.cuts++;
      }
      if (how === 'before') return end();
      if (how === 'after') isDeaf = true;
      postgres.write(bytes);
    });
    // What Postgres answers to a COMMIT that is cut, and to what was sent with it, nobody hears: the answer is the sign that it is done.
    postgres.on('data', (bytes) => {
      if (this.deaf) return;
      if (!isDeaf) client.write(bytes);
      else if (bytes.includes(COMMIT)) end();
    });
  }
}
