import { createContext } from 'svelte';
import type { Devices } from './Devices.ts';

/** The one owner of this PC's devices, for whatever part of the page wants a lease. */
export const [getDevices, setDevices] = createContext<Devices>();
