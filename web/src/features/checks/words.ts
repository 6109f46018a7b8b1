import type { CheckFinding, CheckItem, CheckMinimum, NodePath } from '@counter-hub/shared/checks/items.ts';
import type { Verdict } from '@counter-hub/shared/links/linkTerms.ts';
import { m } from '#paraglide/messages.js';

const NAMES: Record<CheckItem, () => string> = {
	camera: m.checks_item_camera,
	document: m.checks_item_document,
	microphone: m.checks_item_microphone,
	speaker: m.checks_item_speaker,
	scanner: m.checks_item_scanner,
	printer: m.checks_item_printer,
	custody: m.checks_item_custody,
	node: m.checks_item_node,
};
export const itemName = (item: CheckItem): string => NAMES[item]();

/** What can be measured is up to the mark; what is looked at works. */
export function verdictWord(item: CheckItem, verdict: Verdict): string {
	if (verdict === 'warn') return m.checks_warn();
	if (verdict === 'fail') return m.checks_fail();
	if (item === 'microphone') return m.checks_pass_microphone();
	if (item === 'speaker') return m.checks_pass_speaker();
	if (item === 'scanner' || item === 'printer') return m.checks_pass_works();
	return item === 'node' ? m.checks_pass_node() : m.checks_pass();
}

/** What was measured, in one line. */
export function itemFigures(found: CheckFinding): string {
	switch (found.item) {
		case 'camera':
		case 'document': {
			if (!found.picture) return m.checks_none();
			const { width, height, framesPerSecond } = found.picture;
			const size = m.checks_picture({ size: `${width}×${height}`, fps: Math.round(framesPerSecond) });
			if (found.item === 'camera' || found.legible === null) return size;
			return `${size} · ${found.legible ? m.checks_legible() : m.checks_illegible()}`;
		}
		case 'microphone':
			if (!found.level) return m.checks_none();
			return m.checks_level({ peak: dB(found.level.peak), floor: dB(found.level.floor) });
		case 'speaker':
			return m.checks_notes({ heard: found.heard, played: found.played });
		case 'scanner':
			return found.works ? m.checks_scanner_works() : m.checks_scanner_fails();
		case 'printer':
			return found.works ? m.checks_printer_works() : m.checks_printer_fails();
		case 'custody':
			return found.complete ? m.checks_custody_complete() : m.checks_custody_missing();
		case 'node':
			return [`UDP ${reached(found.udp)}`, `TCP ${reached(found.tcp)}`].join(' · ');
	}
}

/** What to do about it. */
export function itemRemedy(found: CheckFinding, minimum: CheckMinimum | null): string {
	switch (found.item) {
		case 'camera':
			if (!found.picture) return m.checks_remedy_camera();
			return minimum
				? m.checks_remedy_cameraSmall({
						size: `${minimum.camera.width}×${minimum.camera.height}`,
						fps: minimum.camera.framesPerSecond,
					})
				: '';
		case 'document':
			if (!found.picture) return m.checks_remedy_document();
			if (found.legible === false) return m.checks_remedy_illegible();
			return minimum
				? m.checks_remedy_documentSmall({ size: `${minimum.document.width}×${minimum.document.height}` })
				: '';
		case 'microphone':
			return found.level ? m.checks_remedy_quiet() : m.checks_remedy_microphone();
		case 'speaker':
			return m.checks_remedy_speaker();
		case 'scanner':
			return m.checks_remedy_scanner();
		case 'printer':
			return m.checks_remedy_printer();
		case 'custody':
			return m.checks_remedy_custody();
		case 'node':
			if (!found.udp.reached && !found.tcp.reached) return m.checks_remedy_node();
			if (!found.udp.reached) return m.checks_remedy_udp();
			return found.tcp.reached ? m.checks_remedy_path() : m.checks_remedy_tcp();
	}
}

const reached = ({ reached: is }: NodePath): string => (is ? m.checks_reached() : m.checks_unreached());
const dB = (level: number): string => String(Math.round(level)).replace('-', '−');
export const mbit = (bitrate: number): string => (bitrate / 1e6).toFixed(1);
