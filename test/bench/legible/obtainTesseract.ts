import { execFileSync } from 'node:child_process';
import { installPackages } from '../../../scripts/lib/debian.mjs';
import { onPath } from '../../../scripts/lib/onPath.mjs';
import { progress } from '../lib.ts';

const PACKAGES = ['tesseract-ocr', 'tesseract-ocr-chi-sim'];

/** Debian's Tesseract with simplified Chinese; installed where it is missing. */
export async function obtainTesseract(): Promise<void> {
	if (readsChinese()) return;
	progress(`${PACKAGES.join(', ')} are installed now, for this bench alone`);
	await installPackages(PACKAGES, 'to read print in this bench');
	if (!readsChinese()) throw new Error('tesseract cannot read simplified Chinese (chi_sim)');
}

const readsChinese = () =>
	onPath('tesseract') !== undefined &&
	execFileSync('tesseract', ['--list-langs'], { encoding: 'utf8' }).split('\n').includes('chi_sim');
