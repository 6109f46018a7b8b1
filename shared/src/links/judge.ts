import type { Finding, FindingKind, LinkLimits, Verdict } from './linkTerms.ts';
import type { MeasuredLink } from './measured.ts';

/** A lens that is covered gives a picture without detail; noise of the sensor stays below this. */
const COVERED_CONTRAST = 3;
/** The comfort noise of a quiet room is louder; a microphone that is switched off at its cable gives nothing at all. */
const SILENT_DBFS = -100;

export interface Judgement {
	verdict: Verdict;
	/** Worst first. */
	findings: Finding[];
}

/** L4: what the receiving end measured, against the limits of its city. Pure. */
export function judge(measured: MeasuredLink, limits: LinkLimits): Judgement {
	return judged([...senses(measured), ...figures(measured, limits)]);
}

function judged(findings: readonly Finding[]): Judgement {
	const worst = findings.toSorted((a, b) => Number(b.level === 'fail') - Number(a.level === 'fail'));
	return { verdict: worst[0]?.level ?? 'pass', findings: worst };
}

export const failed = (kind: FindingKind): Judgement => judged([{ kind, level: 'fail' }]);

/** Is there a picture, and a voice? */
function senses({ picture, sound }: MeasuredLink): Finding[] {
	const found: Finding[] = [];
	const fail = (kind: FindingKind) => found.push({ kind, level: 'fail' });
	if (picture.frames === 0 && sound.packets === 0 && !picture.blanked && !sound.muted) {
		fail('nothing');
		return found;
	}
	if (picture.blanked) fail('blanked');
	else if (picture.frames === 0) fail('noPicture');
	else if (picture.contrast < COVERED_CONTRAST) fail('covered');
	else if (picture.motion === 0) fail('frozen');
	if (sound.muted) fail('muted');
	else if (sound.packets === 0) fail('noSound');
	else if (sound.level !== null && sound.level <= SILENT_DBFS) fail('silent');
	return found;
}

function figures(measured: MeasuredLink, limits: LinkLimits): Finding[] {
	const { picture, lossPercent, roundTripMs, jitterMs, path } = measured;
	const found: Finding[] = [];
	const rising = (
		kind: FindingKind,
		value: number | null,
		{ warn, fail }: { warn: number; fail: number },
	) => {
		if (value !== null && value > warn) found.push({ kind, level: value > fail ? 'fail' : 'warn' });
	};
	if (picture.frames > 0) {
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
