import { jobs } from '../../jobs.ts';
import { perHub } from '../../perHub.ts';
import { Timelines } from './Timelines.ts';

/** The timelines of one hub. */
export const timeline = perHub((hub) => new Timelines({ ...hub, jobs: jobs(hub) }));
