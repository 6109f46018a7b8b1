import Mic from '@lucide/svelte/icons/mic';
import MicOff from '@lucide/svelte/icons/mic-off';
import ScreenShare from '@lucide/svelte/icons/screen-share';
import ScreenShareOff from '@lucide/svelte/icons/screen-share-off';
import SquareDashed from '@lucide/svelte/icons/square-dashed';
import SquareSlash from '@lucide/svelte/icons/square-slash';
import Video from '@lucide/svelte/icons/video';
import VideoOff from '@lucide/svelte/icons/video-off';
import type { Component } from 'svelte';
import { m } from '#paraglide/messages.js';
import type { CallController } from './CallController.svelte.ts';
import type { CallMedia } from './CallMedia.svelte.ts';

/** One control of the call: the same in the bar, in the dock and on the keyboard. */
export interface CallAction {
	id: 'microphone' | 'camera' | 'document' | 'screen';
	icon: Component<{ size?: number }>;
	/** What pressing does now. */
	label: string;
	/** One or two words for the dock. */
	short: string;
	keys: string;
	/** Off: muted, dark, covered. Said in words and not only by colour. */
	off: boolean;
	run: () => void;
}

/** `failed` is told when a screen cannot be shared; thinking better of it is no failure. */
export function callActions(
	call: CallController,
	media: CallMedia,
	failed: (text: string) => void,
): CallAction[] {
	const toggle = (kind: 'microphone' | 'camera' | 'document') => () =>
		void media.toggle(kind).then(() => call.remember());
	const { microphone, camera, document } = media.muted;
	return [
		{
			id: 'microphone',
			icon: microphone ? MicOff : Mic,
			label: microphone ? m.call_unmute() : m.call_mute(),
			short: microphone ? m.call_unmute_short() : m.call_mute_short(),
			keys: 'M',
			off: microphone,
			run: toggle('microphone'),
		},
		{
			id: 'camera',
			icon: camera ? VideoOff : Video,
			label: camera ? m.call_camera_on() : m.call_camera_off(),
			short: camera ? m.call_camera_on_short() : m.call_camera_off_short(),
			keys: 'C',
			off: camera,
			run: toggle('camera'),
		},
		{
			id: 'document',
			icon: document ? SquareDashed : SquareSlash,
			label: document ? m.call_uncover() : m.call_cover(),
			short: document ? m.call_uncover_short() : m.call_cover_short(),
			keys: 'B',
			off: document,
			run: toggle('document'),
		},
		{
			id: 'screen',
			icon: media.sharing ? ScreenShareOff : ScreenShare,
			label: media.sharing ? m.call_unshare() : m.call_share(),
			short: media.sharing ? m.call_unshare_short() : m.call_share_short(),
			keys: 'Shift+S',
			off: false,
			run: () => void media.toggleScreen().catch(() => failed(m.call_screen_failed())),
		},
	];
}
