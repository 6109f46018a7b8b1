import { DeviceError, type DeviceKind } from './deviceTypes.ts';

/** Translates what getUserMedia throws into a coded error that says how to mend it. */
export function toDeviceError(error: unknown, kind: DeviceKind | 'screen'): DeviceError {
	if (error instanceof DeviceError) return error;
	const name = nameOf(error);
	switch (name) {
		case 'NotFoundError':
		case 'OverconstrainedError':
			return new DeviceError(kind === 'microphone' ? 'noMicrophone' : 'noCamera', kind, error);
		case 'NotAllowedError':
		case 'SecurityError':
			return new DeviceError('refused', kind, error);
		default:
			return new DeviceError('busy', kind, error);
	}
}

/** OverconstrainedError is no DOMException in every browser. */
export function nameOf(error: unknown): string {
	return typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : '';
}
