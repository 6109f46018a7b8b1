import type { Finding, FindingKind, LinkLimits, Verdict } from './linkTerms.ts';
import type { ReceivedLink } from './measured.ts';

/** A lens that is covered gives a picture without detail; noise of the sensor stays below this. */
const COVERED_CONTRAST = 3;
/** The comfort noise of a quiet room is louder; a microphone that is switched off at its cable gives nothing at all. */
const SILENT_DBFS = -100;

export interface Judgement {
	verdict: Verdict;
	/** Worst first. */
	findings: Finding[];
}

/** L4: what the receiving end measured, against the limits of its city; what was not looked at is no fault. Pure. */
export function judge(measured: ReceivedLink, limits: LinkLimits): Judgement {
	return judged([...senses(measured), ...figures(measured, limits)]);
}

function judged(findings: readonly Finding[]): Judgement {
	const worst = findings.toSorted((a, b) => Number(b.level === 'fail') - Number(a.level === 'fail'));
	return { verdict: worst[0]?.level ?? 'pass', findings: worst };
}

export const failed = (kind: FindingKind): Judgement => judged([{ kind, level: 'fail' }]);

/** Is there a picture, and a voice? */
function senses({ picture, sound }: ReceivedLink): Finding[] {
	const kinds = [faultOfPicture(picture), faultOfSound(sound)].flatMap((kind) => kind ?? []);
	const isNothing = kinds.join() === 'noPicture,noSound';
	return (isNothing ? (['nothing'] as const) : kinds).map((kind) => ({ kind, level: 'fail' }));
}

function faultOfPicture(picture: ReceivedLink['picture']): FindingKind | undefined {
	if (!picture) return undefined;
	if (picture.blanked) return 'blanked';
	if (picture.frames === 0) return 'noPicture';
	if (picture.contrast !== null && picture.contrast < COVERED_CONTRAST) return 'covered';
	return picture.motion === 0 ? 'frozen' : undefined;
}

function faultOfSound(sound: ReceivedLink['sound']): FindingKind | undefined {
	if (!sound) return undefined;
	if (sound.muted) return 'muted';
	if (sound.packets === 0) return 'noSound';
	return sound.level !== null && sound.level <= SILENT_DBFS ? 'silent' : undefined;
}

function figures(measured: ReceivedLink, limits: LinkLimits): Finding[] {
	const { picture, lossPercent, roundTripMs, jitterMs, path } = measured;
	const found: Finding[] = [];
	const rising = (
		kind: FindingKind,
		value: number | null,
		{ warn, fail }: { warn: number; fail: number },
	) => {
		if (value !== null && value > warn) found.push({ kind, level: value > fail ? 'fail' : 'warn' });
	};
	if (picture && picture.frames > 0) {
		const { warn, fail } = limits.framesPerSecond;
		const { framesPerSecond } = picture;
		if (framesPerSecond < warn)
			found.push({ kind: 'frames', level: framesPerSecond < fail ? 'fail' : 'warn' });
		rising('firstPicture', picture.firstMs, limits.firstPictureMs);
	}
	rising('loss', lossPercent, limits.lossPercent);
	rising('roundTrip', roundTripMs, limits.roundTripMs);
	rising('jitter', jitterMs, limits.jitterMs);
	if (path === 'tcp') found.push({ kind: 'tcp', level: 'warn' });
	return found;
}
