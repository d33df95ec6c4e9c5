import { type ChildProcess, spawn } from 'node:child_process';
import { StartFault } from './log';

const running = new Set<ChildProcess>();

/** Ends the tools under way, for a start that is broken off. */
export function endTools(): void {
  for (const child of running) child.kill('SIGTERM');
}

/**
 * Runs one of our tools to its end and shows what it says only if it fails. It does not block: a start can be broken off
 * while it builds. @throws StartFault with its words
 */
export function runTool(command: string[], variables: Record<string, string> = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, command, {
      env: { ...process.env, ...variables },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    let words = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (words = (words + chunk).slice(-20_000)));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      running.delete(child);
      if (code === 0) resolve();
      else reject(new StartFault(`${command.join(' ')} failed (${code ?? signal}):\n${words}`));
    });
  });
}
