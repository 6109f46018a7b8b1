import { perHub } from '../../perHub.ts';
import { LockOut } from './LockOut.ts';
import { Principals } from './Principals.ts';
import { SignIns } from './SignIns.ts';

/** What signing in keeps per hub. */
export const signIns = perHub((hub) => new SignIns(hub.connection, hub.config.accessTokenSecret));
export const principals = perHub((hub) => new Principals(hub, signIns(hub)));
export const lockOut = perHub((hub) => new LockOut(hub.connection));
