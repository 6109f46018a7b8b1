import { existsSync, readdirSync } from 'node:fs';
import { installPackages } from './debian.mjs';
import { onPath } from './onPath.mjs';
import { StartProblem } from './startProblem.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome'];
const chineseFonts = '/usr/share/fonts/opentype/noto';

/**
 * A Chromium with Chinese fonts, for end-to-end tests and pictures: CHROMIUM_BIN, one on the path, or Debian's.
 * @param {{ skip: (result: string) => void, result: string }} step
 * @returns {Promise<string>} path of the binary
 * @throws {StartProblem} when CHROMIUM_BIN names no file
 */
export async function obtainBrowser(step) {
	const given = process.env.CHROMIUM_BIN;
	if (given) {
		if (!existsSync(given))
			throw new StartProblem(
				`CHROMIUM_BIN names ${given}, which is not there.`,
				'Name another one, or take the variable away: one on the path is found, otherwise Debian’s is installed.',
			);
		step.skip(`${given} (CHROMIUM_BIN)`);
		return given;
	}
	const present = () => names.map(onPath).find((path) => path !== undefined);
	const hasFonts = existsSync(chineseFonts) && readdirSync(chineseFonts).some((name) => name.includes('CJK'));
	const missing = [...(present() ? [] : ['chromium']), ...(hasFonts ? [] : ['fonts-noto-cjk'])];
	if (missing.length > 0) {
		await installPackages(missing, 'for tests in a real browser');
		step.result = `installed ${missing.join(', ')}`;
	} else {
		step.skip(present() ?? '');
	}
	return present() ?? 'chromium';
}
