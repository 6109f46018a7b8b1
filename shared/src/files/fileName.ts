import { z } from 'zod';
import { freeText } from '../codes/freeText.ts';
import { FILE_LIMITS } from './fileLimits.ts';

/** Signs that mean something in a path, and those that nobody sees or that turn the direction of what is read. */
const UNSAFE = /[/\\:*?"<>|\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A name as it is shown and saved: one line, no path, nothing hidden in it. May be empty afterwards. */
const cleanFileName = (name: string): string =>
	name
		.normalize('NFC')
		.replaceAll(UNSAFE, '')
		.replaceAll(/\s+/gu, ' ')
		.replace(/^[. ]+/, '')
		.trim();

/** The name of a file: cleaned, then held to the rules of free text, since it stands on the timeline. */
export const fileName = z
	.string()
	.overwrite(cleanFileName)
	.meta({ minLength: 1, maxLength: FILE_LIMITS.nameLength })
	.pipe(freeText(1, FILE_LIMITS.nameLength));

/** A name that fits, of one that may be too long: its ending stays. */
export function fittingFileName(name: string): string {
	const clean = Array.from(cleanFileName(name));
	const spare = clean.length - FILE_LIMITS.nameLength;
	if (spare <= 0) return clean.join('');
	const dot = clean.lastIndexOf('.');
	const ending = dot > 0 && clean.length - dot <= 8 ? clean.slice(dot) : [];
	return [...clean.slice(0, FILE_LIMITS.nameLength - ending.length), ...ending].join('');
}
