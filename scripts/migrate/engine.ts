import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg';
import { engineConnections } from './adapter';

type Panics = { PRISMA_WASM_PANIC_REGISTRY?: { set_message(message: string): void } };
type Glue = Record<string, unknown> & { __wbg_set_wasm(exports: WebAssembly.Exports): void };

let loaded: Promise<void> | undefined;

/** Loads Prisma's schema engine in its WebAssembly form: the same engine as its command line's, without a download. */
function load(): Promise<void> {
  loaded ??= (async () => {
    // Without it a panic inside the engine dies as "cannot read set_message".
    (globalThis as Panics).PRISMA_WASM_PANIC_REGISTRY ??= { set_message: (message) => console.error('[schema engine]', message) };
    const script = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
    const module = await WebAssembly.compile(await readFile(script.replace(/\.js$/, '.wasm')));
    const imports: Record<string, WebAssembly.ImportValue> = {};
    for (const [name, value] of Object.entries(glue as unknown as Glue)) {
      if (typeof value !== 'function') continue;
      const call = value as (...given: unknown[]) => unknown;
      // The engine leaves a timer of ten seconds behind, which must not hold the process.
      const unheld = (...given: unknown[]) => {
        const timer = call(...given);
        (timer as NodeJS.Timeout | undefined)?.unref?.();
        return timer;
      };
      imports[name] = name.startsWith('__wbg_setTimeout') ? unheld : call;
    }
    const { exports } = await WebAssembly.instantiate(module, { './schema_engine_bg.js': imports });
    (glue as unknown as Glue).__wbg_set_wasm(exports);
    (exports.__wbindgen_start as () => void)();
  })();
  return loaded;
}

/** Where the engine works: a database, for comparisons an empty second one, and the text of schema.prisma. */
export type Workplace = { url: string; shadowUrl?: string; schema: string };

/** Runs `work` with a schema engine that is connected to the database, and ends its connections afterwards. */
export async function withEngine<Result>(place: Workplace, work: (engine: glue.SchemaEngine) => Promise<Result>): Promise<Result> {
  await load();
  const { factory, end } = engineConnections(place.url, place.shadowUrl);
  const schema: [string, string] = ['prisma/schema.prisma', place.schema];
  const engine = await glue.SchemaEngine.new({ datamodels: [schema] }, () => undefined, bindMigrationAwareSqlAdapterFactory(factory));
  try {
    return await work(engine);
  } finally {
    engine.free();
    await end();
  }
}
