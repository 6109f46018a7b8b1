import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const root = resolve(import.meta.dirname, '../..');
const run = promisify(execFile);
/** Of the installed packages these are the copy's own. */
const OWN = new Set(['@counter-hub', '.cache', '.vite', '.vite-temp', '.vitest-cache']);

/** A copy of what the repository tracks, in which something may be taken away. The installed packages are shared. */
export class TreeCopy {
	readonly folder: string;

	private constructor(folder: string) {
		this.folder = folder;
	}

	static async create(): Promise<TreeCopy> {
		const copy = new TreeCopy(await mkdtemp(join(tmpdir(), 'counter-hub-copy-')));
		const { stdout } = await run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
			cwd: root,
			maxBuffer: 10_000_000,
		});
		for (const file of stdout.split('\0').filter((name) => name !== '')) {
			await mkdir(dirname(copy.path(file)), { recursive: true });
			// A file may be deleted and not yet committed.
			await cp(join(root, file), copy.path(file)).catch((error: unknown) => {
				if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
			});
		}
		await mkdir(copy.path('node_modules/@counter-hub'), { recursive: true });
		for (const name of await readdir(join(root, 'node_modules'))) {
			if (!OWN.has(name)) await symlink(join(root, 'node_modules', name), copy.path(`node_modules/${name}`));
		}
		for (const name of await readdir(join(root, 'node_modules/@counter-hub'))) {
			await symlink(copy.path(name), copy.path(`node_modules/@counter-hub/${name}`));
		}
		return copy;
	}

	path(file: string): string {
		return join(this.folder, file);
	}

	/** Runs a program of an installed package, by its file in there; throws with its output where it fails. */
	async run(program: string, args: readonly string[], { cwd = '.' } = {}): Promise<void> {
		const options = { cwd: this.path(cwd), maxBuffer: 50_000_000 };
		try {
			await run(process.execPath, [join(root, 'node_modules', program), ...args], options);
		} catch (error) {
			const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
			throw new Error(`${program} ${args.join(' ')} fails:\n${stdout.slice(-5000)}\n${stderr.slice(-5000)}`, {
				cause: error,
			});
		}
	}

	/** Takes out the lines that fit; returns how many. */
	async dropLines(file: string, fits: RegExp): Promise<number> {
		const lines = (await readFile(this.path(file), 'utf8')).split('\n');
		const kept = lines.filter((line) => !fits.test(line));
		await writeFile(this.path(file), kept.join('\n'));
		return lines.length - kept.length;
	}

	/** `file:line` of what fits, in the files below the folders named. */
	async mentions(folders: readonly string[], what: RegExp): Promise<string[]> {
		const found: string[] = [];
		for (const folder of folders) {
			for (const entry of await readdir(this.path(folder), { recursive: true, withFileTypes: true })) {
				if (!entry.isFile() || /paraglide|node_modules|\.svelte-kit/.test(entry.parentPath)) continue;
				const file = join(entry.parentPath, entry.name);
				for (const [index, line] of (await readFile(file, 'utf8')).split('\n').entries()) {
					if (what.test(line))
						found.push(`${file.slice(this.folder.length + 1)}:${index + 1} ${line.trim()}`);
				}
			}
		}
		return found;
	}

	remove(): Promise<void> {
		return rm(this.folder, { recursive: true, force: true });
	}
}
